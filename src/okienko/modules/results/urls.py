from django.urls import path

from okienko.modules.results.views import files, network, office, places, report, weights

app_name = "results"
_OFFICE = "u/<slug:office>/wyniki"
_RESULT = f"{_OFFICE}/<int:pk>"
_WEIGHTS = f"{_OFFICE}/fala/<int:part>/wazenie"
_REPORT = f"{_RESULT}/raport"
_NETWORK = "siec/<slug:network>/porownania"
urlpatterns = [
    path(f"{_OFFICE}/", office.results, name="results"),
    path(f"{_OFFICE}/fala/<int:part>/policz/", office.release, name="release"),
    path(f"{_WEIGHTS}/", weights.page, name="weights"),
    path(f"{_WEIGHTS}/podzial/<slug:division>/", weights.margin, name="weights_margin"),
    path(f"{_WEIGHTS}/podzial/<slug:division>/usun/", weights.remove, name="weights_remove"),
    path(f"{_WEIGHTS}/uzyj/", weights.decide, {"use": True}, name="weights_use"),
    path(f"{_WEIGHTS}/bez/", weights.decide, {"use": False}, name="weights_refuse"),
    path(f"{_RESULT}/", office.result, name="result"),
    path(f"{_RESULT}/pytania/", office.questions, name="questions"),
    path(f"{_RESULT}/pytania/<slug:code>/", office.question, name="question"),
    path(f"{_RESULT}/grupy/<slug:code>/", office.group, name="group"),
    path(f"{_RESULT}/uwagi/", office.remarks, name="remarks"),
    path(f"{_RESULT}/wykres/<slug:name>.svg", files.chart, name="chart"),
    path(f"{_RESULT}/tabele.xlsx", files.tables, {"kind": "xlsx"}, name="xlsx"),
    path(f"{_RESULT}/tabele.csv", files.tables, {"kind": "csv"}, name="csv"),
    path(f"{_REPORT}/", report.report, name="report"),
    path(f"{_REPORT}/pisz/", report.write, name="write"),
    path(f"{_REPORT}/pdf/", report.make_pdf, name="make_pdf"),
    path(f"{_REPORT}/przekaz/", report.hand_over, name="hand_over"),
    path(f"{_REPORT}/decyzja/", report.decide, name="decide"),
    path(f"{_NETWORK}/", network.comparisons, name="network"),
    path(f"{_NETWORK}/fala/<int:wave>/", network.comparison, name="comparison"),
    path(f"{_NETWORK}/fala/<int:wave>/miejsca/", places.places, name="places"),
    path(f"{_NETWORK}/fala/<int:wave>/tabela.xlsx", files.comparison, {"kind": "xlsx"}, name="network_xlsx"),
    path(f"{_NETWORK}/fala/<int:wave>/tabela.csv", files.comparison, {"kind": "csv"}, name="network_csv"),
    path(f"{_NETWORK}/urzad/<int:pk>/", network.office_result, name="network_result"),
]
