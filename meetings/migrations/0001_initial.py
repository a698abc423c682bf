
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('members', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='回')),
                ('theme', models.CharField(blank=True, max_length=100, verbose_name='テーマ')),
                ('method', models.CharField(blank=True, choices=[('group_work', 'グループワーク'), ('discussion', '意見交換'), ('briefing', '説明・報告'), ('written', '書面開催')], max_length=12, verbose_name='進め方')),
                ('state', models.CharField(choices=[('draft', '準備中'), ('announced', '開催通知済み'), ('held', '開催済み'), ('cancelled', '中止')], default='draft', editable=False, max_length=10, verbose_name='状態')),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='開始予定')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='終了予定')),
                ('date_note', models.CharField(blank=True, help_text='日時が決まっていないとき。例：9月上旬', max_length=50, verbose_name='日程のめど')),
                ('building', models.CharField(blank=True, max_length=100, verbose_name='建物')),
                ('room', models.CharField(blank=True, max_length=100, verbose_name='部屋')),
                ('online_url', models.URLField(blank=True, help_text='オンラインで出席する方だけに表示します。', verbose_name='オンラインの接続先')),
                ('notice_number', models.CharField(blank=True, max_length=50, verbose_name='文書番号')),
                ('announced_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='開催通知の日時')),
                ('held_from', models.DateTimeField(blank=True, null=True, verbose_name='開会')),
                ('held_to', models.DateTimeField(blank=True, null=True, verbose_name='閉会')),
                ('snapshot', models.JSONField(blank=True, editable=False, null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='members.workinggroup')),
            ],
            options={
                'verbose_name': '会議',
                'ordering': ['group', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Election',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(choices=[('chair', '部会長'), ('vice_chair', '副部会長'), ('acting', '職務代理者')], default='chair', max_length=12, verbose_name='役職')),
                ('candidates', models.PositiveSmallIntegerField(default=0, verbose_name='立候補者の数')),
                ('rule', models.CharField(blank=True, help_text='立候補者がいないときの選出の方法。例：最年長者', max_length=50, verbose_name='選び方')),
                ('basis', models.CharField(choices=[('charter', '要綱の定め'), ('agreed', '会議での了承')], default='agreed', max_length=8, verbose_name='選出の根拠')),
                ('elected', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elections_won', to='members.membership', verbose_name='選出された方')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='elections', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '互選',
            },
        ),
        migrations.CreateModel(
            name='AttendanceRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('mode', models.CharField(choices=[('venue', '会場で出席'), ('online', 'オンラインで出席'), ('absent', '欠席')], max_length=8, verbose_name='出欠')),
                ('is_substitute', models.BooleanField(default=False, verbose_name='代理の方が出席する（代理出席）')),
                ('substitute_name', models.CharField(blank=True, max_length=100, verbose_name='代理の方の氏名')),
                ('substitute_title', models.CharField(blank=True, max_length=100, verbose_name='代理の方の職名')),
                ('category', models.CharField(choices=[('member', '部会メンバー'), ('expert', '外部有識者'), ('secretariat', '事務局'), ('observer', 'オブザーバー')], max_length=12, verbose_name='区分')),
                ('name', models.CharField(max_length=100, verbose_name='氏名')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='所属・職名')),
                ('order', models.PositiveSmallIntegerField(default=1000, verbose_name='名簿順')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendance_records', to='members.membership')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roll', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '出席の記録',
                'ordering': ['meeting', 'order', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='課題名')),
                ('summary_text', models.TextField(help_text='「第2回の開催に向けて、」に続く文', max_length=500, verbose_name='概要に載せる文')),
                ('detail_text', models.TextField(help_text='「次回までに、」に続く文', max_length=500, verbose_name='詳細に載せる文')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='提出期限')),
                ('due_meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments_due', to='meetings.meeting', verbose_name='提出期限の会議')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '課題',
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('order', models.PositiveSmallIntegerField(verbose_name='順番')),
                ('kind', models.CharField(choices=[('briefing', '説明'), ('introductions', '自己紹介'), ('talk', '話題提供'), ('assignment', '課題'), ('discussion', '協議'), ('other', 'その他')], default='other', max_length=14, verbose_name='種類')),
                ('title', models.CharField(max_length=100, verbose_name='議題')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='時間（分）')),
                ('minutes_each', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='1人当たりの時間（分）')),
                ('presenter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='members.membership', verbose_name='説明者')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '議題',
                'ordering': ['meeting', 'order'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('order', models.PositiveSmallIntegerField(default=1000, verbose_name='順番')),
                ('channel', models.CharField(choices=[('form', '入力フォーム'), ('oral', '会議での発言'), ('written', '書面'), ('external', '外部')], max_length=10, verbose_name='受付')),
                ('state', models.CharField(choices=[('open', '受付済み'), ('merged', '統合済み'), ('declined', '見送り'), ('withdrawn', '取下げ')], default='open', max_length=10, verbose_name='状態')),
                ('text', models.TextField(max_length=1000, verbose_name='質問')),
                ('show_name', models.BooleanField(default=False, verbose_name='名前を出す')),
                ('in_report', models.BooleanField(default=False, verbose_name='結果報告に載せる')),
                ('addressee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions_received', to='members.membership', verbose_name='宛先')),
                ('asker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions_asked', to='members.membership', verbose_name='質問者')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='meetings.agendaitem', verbose_name='議題')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '質問',
                'ordering': ['meeting', 'order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('order', models.PositiveSmallIntegerField(default=1000, verbose_name='順番')),
                ('text', models.TextField(max_length=2000, verbose_name='回答')),
                ('answerer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers_given', to='members.membership', verbose_name='回答者')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='meetings.question')),
            ],
            options={
                'verbose_name': '回答',
                'ordering': ['question', 'order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RecordEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('section', models.CharField(choices=[('item', '議題'), ('notices', '連絡事項等')], max_length=8, verbose_name='場所')),
                ('order', models.PositiveSmallIntegerField(default=1000, verbose_name='順番')),
                ('point', models.CharField(choices=[('point', '○ 項目'), ('reply', '→ 応答'), ('continuation', '→ 続き'), ('plain', '印なし')], default='point', max_length=12, verbose_name='印')),
                ('origin', models.CharField(choices=[('typed', '入力する'), ('intro_round', '自己紹介の進め方'), ('election', '互選の結果'), ('assignment', '課題の依頼'), ('form_questions', '次回フォームの質問欄'), ('form_themes', '次回フォームのテーマ欄')], default='typed', max_length=16, verbose_name='文の作り方')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='記録')),
                ('override', models.TextField(blank=True, max_length=2000, verbose_name='置き換える文')),
                ('override_reason', models.CharField(blank=True, max_length=200, verbose_name='置き換える理由')),
                ('withheld_reason', models.CharField(blank=True, max_length=200, verbose_name='非公開の理由')),
                ('assignment', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='meetings.assignment')),
                ('election', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='meetings.election')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='meetings.agendaitem', verbose_name='議題')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '会議の記録',
                'ordering': ['meeting', 'section', 'item__order', 'order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('mode', models.CharField(choices=[('venue', '会場で出席'), ('online', 'オンラインで出席'), ('absent', '欠席')], max_length=8, verbose_name='出欠')),
                ('is_substitute', models.BooleanField(default=False, verbose_name='代理の方が出席する（代理出席）')),
                ('substitute_name', models.CharField(blank=True, max_length=100, verbose_name='代理の方の氏名')),
                ('substitute_title', models.CharField(blank=True, max_length=100, verbose_name='代理の方の職名')),
                ('arrival_note', models.CharField(blank=True, max_length=100, verbose_name='遅れて参加・途中退席')),
                ('note', models.TextField(blank=True, max_length=400, verbose_name='事務局への連絡')),
                ('written_opinion', models.TextField(blank=True, max_length=2000, verbose_name='書面意見')),
                ('idempotency_key', models.UUIDField()),
                ('answered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='回答日時')),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='変更日時')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies_entered', to=settings.AUTH_USER_MODEL, verbose_name='入力した人')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='members.membership')),
            ],
            options={
                'verbose_name': '出欠の回答',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='question',
            name='reply',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='meetings.reply'),
        ),
        migrations.CreateModel(
            name='ReplyRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版')),
                ('content', models.JSONField()),
                ('via', models.CharField(choices=[('login', 'ログイン'), ('link', '回答用リンク'), ('desk', '事務局の代理入力'), ('command', 'コマンド'), ('system', '自動処理')], max_length=8, verbose_name='経路')),
                ('at', models.DateTimeField(verbose_name='日時')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='meetings.reply')),
            ],
            options={
                'verbose_name': '回答の履歴',
                'ordering': ['reply_id', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('opens_at', models.DateTimeField(verbose_name='受付開始')),
                ('closes_at', models.DateTimeField(verbose_name='回答期限')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='survey', to='meetings.meeting')),
            ],
            options={
                'verbose_name': '入力フォーム',
            },
        ),
        migrations.CreateModel(
            name='ReplyDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='保存日時')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reply_drafts', to='members.membership')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='meetings.survey')),
            ],
            options={
                'verbose_name': '回答の下書き',
            },
        ),
        migrations.AddField(
            model_name='reply',
            name='survey',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='meetings.survey'),
        ),
        migrations.CreateModel(
            name='SurveyExtension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField(verbose_name='延長後の期限')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='members.membership')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='meetings.survey')),
            ],
            options={
                'verbose_name': '期限の延長',
            },
        ),
        migrations.CreateModel(
            name='SurveySection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('attendance', '出欠'), ('member_questions', '自己紹介への質問'), ('talk_questions', '話題提供への質問'), ('themes', '取り上げたいテーマ')], max_length=16, verbose_name='欄')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='meetings.survey')),
            ],
            options={
                'verbose_name': '入力フォームの欄',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=1000, verbose_name='順番')),
                ('title', models.CharField(max_length=100, verbose_name='テーマ')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='meetings.meeting')),
                ('proposed_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='themes_proposed', to='meetings.reply', verbose_name='提案された回答')),
            ],
            options={
                'verbose_name': 'テーマ',
                'ordering': ['meeting', 'order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ThemeVote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='theme_votes', to='meetings.reply')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='votes', to='meetings.theme')),
            ],
            options={
                'verbose_name': 'テーマの希望',
            },
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('group', 'number'), name='meetings_number_unique', violation_error_message='この回の会議は既に登録されています。'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('starts_at__isnull', True), ('starts_at__lt', models.F('ends_at')), _connector='OR'), name='meetings_starts_before_end', violation_error_message='終了時刻は開始時刻より後にしてください。'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('held_to__isnull', True), ('held_from__isnull', True), ('held_from__lt', models.F('held_to')), _connector='OR'), name='meetings_held_in_order', violation_error_message='閉会は開会より後にしてください。'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'announced'), _negated=True), models.Q(('announced_at__isnull', False), ('starts_at__isnull', False)), _connector='OR'), name='meetings_announced_has_date', violation_error_message='開催通知には日時が必要です。'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'held'), _negated=True), models.Q(('held_from__isnull', False), ('held_to__isnull', False), ('snapshot__isnull', False)), _connector='OR'), name='meetings_held_has_times', violation_error_message='開催済みにするには、開会と閉会の時刻が必要です。'),
        ),
        migrations.AddConstraint(
            model_name='election',
            constraint=models.UniqueConstraint(fields=('meeting', 'office'), name='meetings_one_election_per_office', violation_error_message='この役職の互選は既に記録されています。'),
        ),
        migrations.AddConstraint(
            model_name='attendancerecord',
            constraint=models.CheckConstraint(condition=models.Q(('is_substitute', False), models.Q(('mode', 'absent'), _negated=True), _connector='OR'), name='meetings_attendancerecord_substitute_is_present', violation_error_message='代理出席は、会場で出席又はオンラインで出席のときだけ選べます。'),
        ),
        migrations.AddConstraint(
            model_name='attendancerecord',
            constraint=models.CheckConstraint(condition=models.Q(('is_substitute', False), models.Q(('substitute_name', ''), _negated=True), _connector='OR'), name='meetings_attendancerecord_substitute_has_name', violation_error_message='代理で出席する方の氏名を入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='attendancerecord',
            constraint=models.CheckConstraint(condition=models.Q(('is_substitute', True), models.Q(('substitute_name', ''), ('substitute_title', '')), _connector='OR'), name='meetings_attendancerecord_no_stray_substitute', violation_error_message='代理の方の氏名・職名は、代理出席のときだけ入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='attendancerecord',
            constraint=models.UniqueConstraint(fields=('meeting', 'membership'), name='meetings_once_on_roll', violation_error_message='この方は既に出席の記録にあります。'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('due_meeting', models.F('meeting')), _negated=True), name='meetings_assignment_due_elsewhere'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('meeting', 'order'), name='meetings_item_order_unique'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='meetings_answer_has_text', violation_error_message='回答を入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='recordentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', False), ('section', 'item')), models.Q(('item__isnull', True), ('section', 'notices')), _connector='OR'), name='meetings_entry_has_place', violation_error_message='議題を選んでください。'),
        ),
        migrations.AddConstraint(
            model_name='recordentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('origin', 'typed'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='meetings_entry_has_text', violation_error_message='記録を入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='recordentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('election__isnull', False), ('origin', 'election')), models.Q(models.Q(('origin', 'election'), _negated=True), ('election__isnull', True)), _connector='OR'), name='meetings_entry_has_election', violation_error_message='行の元になる互選の結果がありません。先に互選の結果を記録してください。'),
        ),
        migrations.AddConstraint(
            model_name='recordentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('assignment__isnull', False), ('origin', 'assignment')), models.Q(models.Q(('origin', 'assignment'), _negated=True), ('assignment__isnull', True)), _connector='OR'), name='meetings_entry_has_assignment', violation_error_message='行の元になる課題がありません。先に課題を記録してください。'),
        ),
        migrations.AddConstraint(
            model_name='recordentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('override', ''), ('override_reason', '')), models.Q(models.Q(('override', ''), _negated=True), models.Q(('override_reason', ''), _negated=True)), _connector='OR'), name='meetings_override_has_reason', violation_error_message='自動の文を置き換えるときは、理由も入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='meetings_question_has_text', violation_error_message='質問を入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(condition=models.Q(('addressee__isnull', False)), fields=('reply', 'addressee'), name='meetings_question_once_per_person'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(condition=models.Q(('item__isnull', False)), fields=('reply', 'item'), name='meetings_question_once_per_item'),
        ),
        migrations.AddConstraint(
            model_name='replyrevision',
            constraint=models.UniqueConstraint(fields=('reply', 'number'), name='meetings_revision_once'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(('opens_at__lt', models.F('closes_at'))), name='meetings_survey_opens_before_close', violation_error_message='回答期限は受付開始より後にしてください。'),
        ),
        migrations.AddConstraint(
            model_name='replydraft',
            constraint=models.UniqueConstraint(fields=('survey', 'membership'), name='meetings_one_draft_each'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('is_substitute', False), models.Q(('mode', 'absent'), _negated=True), _connector='OR'), name='meetings_reply_substitute_is_present', violation_error_message='代理出席は、会場で出席又はオンラインで出席のときだけ選べます。'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('is_substitute', False), models.Q(('substitute_name', ''), _negated=True), _connector='OR'), name='meetings_reply_substitute_has_name', violation_error_message='代理で出席する方の氏名を入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(('is_substitute', True), models.Q(('substitute_name', ''), ('substitute_title', '')), _connector='OR'), name='meetings_reply_no_stray_substitute', violation_error_message='代理の方の氏名・職名は、代理出席のときだけ入力してください。'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.UniqueConstraint(fields=('survey', 'membership'), name='meetings_one_reply_each', violation_error_message='この方の回答は既に受け付けています。'),
        ),
        migrations.AddConstraint(
            model_name='surveyextension',
            constraint=models.UniqueConstraint(fields=('survey', 'membership'), name='meetings_extension_once'),
        ),
        migrations.AddConstraint(
            model_name='surveysection',
            constraint=models.UniqueConstraint(fields=('survey', 'kind'), name='meetings_section_once', violation_error_message='同じ欄は一つだけ設けられます。'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(condition=models.Q(('proposed_in__isnull', True)), fields=('meeting', 'title'), name='meetings_theme_unique', violation_error_message='同じテーマが既にあります。'),
        ),
        migrations.AddConstraint(
            model_name='theme',
            constraint=models.UniqueConstraint(fields=('proposed_in',), name='meetings_one_proposal_each', nulls_distinct=True),
        ),
        migrations.AddConstraint(
            model_name='themevote',
            constraint=models.UniqueConstraint(fields=('theme', 'reply'), name='meetings_vote_once'),
        ),
    ]
