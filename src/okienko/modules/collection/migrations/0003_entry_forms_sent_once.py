import uuid

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("collection", "0002_without_rowid"),
        ("offices", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("entryform", "compared", models.PositiveIntegerField(null=True)),
        migrations.AddField("entryform", "key", models.UUIDField(default=uuid.uuid4, editable=False)),
        migrations.AddConstraint(
            "entryform",
            models.UniqueConstraint(fields=["office", "batch", "key"], name="collection_form_sent_once"),
        ),
    ]
