from okienko.modules.collection import answering_urls, answers_urls, entry_urls, import_urls

app_name = "collection"
urlpatterns = [
    *answering_urls.urlpatterns,
    *answers_urls.urlpatterns,
    *entry_urls.urlpatterns,
    *import_urls.urlpatterns,
]
