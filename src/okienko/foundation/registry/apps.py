from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "okienko.foundation.registry"

    def ready(self) -> None:
        from okienko.foundation.registry.loading import check_manifests

        check_manifests()
