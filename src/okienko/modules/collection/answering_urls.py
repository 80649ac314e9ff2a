"""The respondents' addresses by themselves: `middleware.answering` looks here and not through every route."""

from django.urls import path

from okienko.modules.collection.views import answering

urlpatterns = [
    path("a/<str:token>/", answering.answer, name="answer"),
    path("a/<str:token>/dziekujemy/", answering.thanks, name="thanks"),
]
