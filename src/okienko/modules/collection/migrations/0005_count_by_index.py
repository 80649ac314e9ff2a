"""Answers are counted from an index alone. No table is made again, so the rows keep lying by their key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collection", "0004_remarks_and_exclusions")]
    operations = [
        migrations.RemoveIndex(model_name="response", name="collection_response_wave"),
        migrations.AddIndex(
            model_name="response",
            index=models.Index(fields=["office_wave", "excluded", "office"], name="collection_counted"),
        ),
    ]
