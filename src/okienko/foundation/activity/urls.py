from django.urls import path

from okienko.foundation.activity import views

app_name = "activity"
OFFICE, NETWORK = "u/<slug:office>/", "siec/<slug:network>/"
urlpatterns = [
    path(OFFICE + "zadania/", views.jobs, name="jobs"),
    path(OFFICE + "zadania/<int:pk>/", views.job, name="job"),
    path(OFFICE + "zadania/<int:pk>/postep/", views.job_progress, name="job_progress"),
    path(OFFICE + "zadania/<int:pk>/przerwij/", views.cancel_job, name="cancel_job"),
    path(OFFICE + "zadania/<int:pk>/powtorz/", views.retry_job, name="retry_job"),
    path(OFFICE + "pliki/<uuid:pk>/", views.file, name="file"),
    path(NETWORK + "zadania/", views.jobs, name="network_jobs"),
    path(NETWORK + "zadania/<int:pk>/", views.job, name="network_job"),
    path(NETWORK + "zadania/<int:pk>/postep/", views.job_progress, name="network_job_progress"),
    path(NETWORK + "zadania/<int:pk>/przerwij/", views.cancel_job, name="network_cancel_job"),
    path(NETWORK + "zadania/<int:pk>/powtorz/", views.retry_job, name="network_retry_job"),
    path(NETWORK + "pliki/<uuid:pk>/", views.file, name="network_file"),
]
