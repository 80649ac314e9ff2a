from django.urls import path

from okienko.modules.collection.views import quality, remarks

_WAVE = "u/<slug:office>/odpowiedzi/<int:pk>"
urlpatterns = [
    path(f"{_WAVE}/", quality.quality, name="quality"),
    path(f"{_WAVE}/wylacz/<slug:flag>/", quality.exclude, name="exclude"),
    path(f"{_WAVE}/wlacz/<slug:flag>/", quality.include, name="include"),
    path(f"{_WAVE}/uwagi/", remarks.remarks, name="remarks"),
    path(f"{_WAVE}/uwagi/decyzja/", remarks.decide_remarks, name="decide_remarks"),
    path(f"{_WAVE}/uwagi/<uuid:remark>/slowa/", remarks.mask_remark, name="mask_remark"),
]
