
import django.contrib.postgres.constraints
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import foundation.db.constraints
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ClosedDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(error_messages={'unique': 'この日は既に登録されています。'}, unique=True, verbose_name='閉庁日')),
                ('label', models.CharField(help_text='例：市制記念日', max_length=50, verbose_name='理由')),
            ],
            options={
                'verbose_name': '閉庁日',
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(blank=True, help_text='本人だけが読めるアドレス。回答用リンクだけを使う方は空欄で構いません。', max_length=254, null=True, verbose_name='ログイン用メールアドレス')),
                ('delivery_email', models.EmailField(blank=True, help_text='課の共用アドレスでも構いません。空欄のときはログイン用アドレスに送ります。', max_length=254, verbose_name='通知先メールアドレス')),
                ('channel', models.CharField(choices=[('mail', 'メール'), ('groupware', 'グループウェア'), ('paper', '紙')], default='mail', max_length=10, verbose_name='連絡方法')),
                ('family_name', models.CharField(max_length=50, verbose_name='姓')),
                ('given_name', models.CharField(blank=True, max_length=50, verbose_name='名')),
                ('family_kana', models.CharField(max_length=50, verbose_name='姓（ふりがな）')),
                ('given_kana', models.CharField(blank=True, max_length=50, verbose_name='名（ふりがな）')),
                ('display_family_name', models.CharField(blank=True, help_text='旧姓を使用する方だけ入力してください。', max_length=50, verbose_name='旧姓（使用する場合）')),
                ('kana_key', models.CharField(db_collation='C', editable=False, max_length=120)),
                ('employee_number', models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name='職員番号')),
                ('phone', models.CharField(blank=True, max_length=50, verbose_name='内線・電話')),
                ('is_active', models.BooleanField(default=True, verbose_name='利用できる')),
                ('is_administrator', models.BooleanField(default=False, help_text='課・職員・部会を登録できます。', verbose_name='システム管理者')),
                ('is_data_steward', models.BooleanField(default=False, help_text='全ての課のデータセットを確認できます。', verbose_name='データ管理者')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登録日時')),
            ],
            options={
                'verbose_name': '職員等',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='members_user_email_unique', violation_error_message='このログイン用メールアドレスは別の方が使っています。'), models.CheckConstraint(condition=models.Q(('email', ''), _negated=True), name='members_user_email_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('valid_from', models.DateField(verbose_name='開始日')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('name', models.CharField(max_length=100, verbose_name='課名')),
                ('order', models.PositiveIntegerField(default=1000, verbose_name='建制順')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='課のメールアドレス')),
                ('phone', models.CharField(blank=True, max_length=50, verbose_name='電話・内線')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='members.department', verbose_name='引き継ぐ課')),
            ],
            options={
                'verbose_name': '課',
                'ordering': ['order', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField(default=1000, verbose_name='名簿順')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '部会への参加',
            },
        ),
        migrations.CreateModel(
            name='IntroSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('duties', models.TextField(blank=True, max_length=400, verbose_name='担当業務')),
                ('problems', models.TextField(blank=True, help_text='部会のテーマの候補にすることがあります。', max_length=400, verbose_name='業務での困り事')),
                ('wants', models.TextField(blank=True, max_length=400, verbose_name='部会で取り組みたいこと')),
                ('skills', models.TextField(blank=True, max_length=400, verbose_name='得意なこと')),
                ('message', models.TextField(blank=True, max_length=200, verbose_name='ひとこと')),
                ('audience', models.CharField(choices=[('group', '部会内'), ('desk', '事務局のみ')], default='group', max_length=8, verbose_name='見られる人')),
                ('state', models.CharField(choices=[('draft', '下書き'), ('submitted', '提出済み'), ('shown', '部会内に公開済み')], default='draft', max_length=10, verbose_name='状態')),
                ('written_from', models.UUIDField(editable=False, null=True)),
                ('submitted_at', models.DateTimeField(editable=False, null=True, verbose_name='提出日時')),
                ('shown_at', models.DateTimeField(editable=False, null=True, verbose_name='公開日時')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='最終更新')),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sheet', to='members.membership')),
            ],
            options={
                'verbose_name': '自己紹介シート',
            },
        ),
        migrations.CreateModel(
            name='MembershipTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('valid_from', models.DateField(verbose_name='開始日')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('category', models.CharField(choices=[('member', '部会メンバー'), ('expert', '外部有識者'), ('secretariat', '事務局'), ('observer', 'オブザーバー')], max_length=12, verbose_name='区分')),
                ('affiliation', models.CharField(blank=True, help_text='外部有識者など、庁外の方の所属', max_length=100, verbose_name='所属団体')),
                ('job_title', models.CharField(blank=True, max_length=50, verbose_name='職名')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='membership_terms', to='members.department', verbose_name='所属')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='members.membership')),
            ],
            options={
                'verbose_name': '参加の期間',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=50, verbose_name='団体名')),
                ('prefecture', models.CharField(max_length=10, verbose_name='都道府県')),
                ('code', models.CharField(help_text='検査数字を含む6桁', max_length=6, validators=[django.core.validators.RegexValidator('^\\d{6}$', '6桁の数字で入力してください。')], verbose_name='全国地方公共団体コード')),
                ('boundary', models.JSONField(blank=True, help_text='GeoJSON。緯度・経度が区域外かどうかの確認に使います。', null=True, verbose_name='行政区域')),
                ('contact_section', models.CharField(blank=True, max_length=100, verbose_name='問い合わせ先の課')),
                ('contact_phone', models.CharField(blank=True, max_length=50, verbose_name='電話番号')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='メールアドレス')),
                ('licence', models.CharField(choices=[('CC-BY-4.0', 'クリエイティブ・コモンズ 表示 4.0 国際（CC BY 4.0）'), ('PDL-1.0', '公共データ利用規約（第1.0版）（PDL1.0）'), ('CC0-1.0', 'CC0 1.0（権利を主張しない）')], default='CC-BY-4.0', max_length=20, verbose_name='既定のライセンス')),
            ],
            options={
                'verbose_name': '団体',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='members_one_municipality'), models.CheckConstraint(condition=models.Q(('code__regex', '^[0-9]{6}$')), name='members_municipality_code', violation_error_message='全国地方公共団体コードは6桁の数字です。')],
            },
        ),
        migrations.CreateModel(
            name='PersonalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('meeting', '出欠回答'), ('sheet', '自己紹介シート')], max_length=10, verbose_name='用途')),
                ('generation', models.PositiveIntegerField(default=1, verbose_name='世代')),
                ('code_hash', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='members.membership')),
            ],
            options={
                'verbose_name': '回答用リンク',
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='開始日')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('job_title', models.CharField(blank=True, max_length=50, verbose_name='職名')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='members.department', verbose_name='所属')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '配属',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WorkingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(db_default=1, default=1, editable=False)),
                ('slug', models.SlugField(help_text='半角英数字とハイフン。例：dx-r8', unique=True, verbose_name='アドレス（URL）に使う名前')),
                ('name', models.CharField(max_length=100, verbose_name='部会名')),
                ('parent_body', models.CharField(help_text='例：見本市行政経営本部', max_length=100, verbose_name='設置者')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='年度（西暦）')),
                ('charter', models.CharField(default='設置要綱', max_length=100, verbose_name='設置根拠')),
                ('plan_name', models.CharField(blank=True, max_length=100, verbose_name='策定する計画')),
                ('plan_season', models.CharField(blank=True, help_text='例：今秋', max_length=20, verbose_name='計画の時期')),
                ('member_phrase', models.CharField(blank=True, default='庁内の若手職員', max_length=50, verbose_name='部会メンバーの表現（例：庁内の若手職員）')),
                ('expert_phrase', models.CharField(blank=True, default='地域IT人材', max_length=50, verbose_name='外部有識者の表現（例：地域IT人材）')),
                ('planned_meetings', models.PositiveSmallIntegerField(default=5, verbose_name='開催予定回数')),
                ('substitutes_allowed', models.BooleanField(default=False, verbose_name='代理出席を認める')),
                ('is_public', models.BooleanField(default=True, help_text='チェックを入れると、公開した結果報告と部会の概要を誰でも閲覧できます。', verbose_name='部会を公開する')),
                ('purpose_text', models.TextField(blank=True, help_text='回答ページに表示する、個人情報の利用目的', verbose_name='利用目的')),
                ('retention_text', models.CharField(blank=True, max_length=200, verbose_name='保存期間')),
                ('contact_phone', models.CharField(blank=True, max_length=50, verbose_name='事務局の電話・内線')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='事務局のメールアドレス')),
                ('contact_department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='groups_run', to='members.department', verbose_name='事務局の課')),
            ],
            options={
                'verbose_name': '部会',
                'ordering': ['-fiscal_year', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='OfficeTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='開始日')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('office', models.CharField(choices=[('chair', '部会長'), ('vice_chair', '副部会長'), ('acting', '職務代理者')], max_length=12, verbose_name='役職')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='office_terms', to='members.membership')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='office_terms', to='members.workinggroup')),
            ],
            options={
                'verbose_name': '部会の役職',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='membership',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='members.workinggroup'),
        ),
        migrations.CreateModel(
            name='DeskGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='開始日')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='desk_grants', to=settings.AUTH_USER_MODEL, verbose_name='担当者')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='desk_grants', to='members.workinggroup')),
            ],
            options={
                'verbose_name': '事務局の権限',
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='members_department_days_in_order', violation_error_message='終了日は開始日以後の日にしてください。'),
        ),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('name',), name='members_department_name_unique', violation_error_message='同じ名前の課が既に登録されています。部局名を付けて区別してください。'),
        ),
        migrations.AddConstraint(
            model_name='department',
            constraint=models.CheckConstraint(condition=models.Q(('successor__isnull', True), models.Q(('successor', models.F('id')), _negated=True), _connector='OR'), name='members_department_not_own_successor', violation_error_message='引き継ぐ課に同じ課は選べません。'),
        ),
        migrations.AddConstraint(
            model_name='introsheet',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('submitted_at__isnull', False), models.Q(('wants', ''), _negated=True)), _connector='OR'), name='members_sheet_submitted_is_filled', violation_error_message='「部会で取り組みたいこと」を入力してから提出してください。'),
        ),
        migrations.AddConstraint(
            model_name='introsheet',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'shown'), _negated=True), ('shown_at__isnull', False), _connector='OR'), name='members_sheet_shown_has_time'),
        ),
        migrations.AddConstraint(
            model_name='membershipterm',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='members_membershipterm_days_in_order', violation_error_message='終了日は開始日以後の日にしてください。'),
        ),
        migrations.AddConstraint(
            model_name='membershipterm',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(foundation.db.constraints.Int8Range(models.F('membership'), models.F('membership'), models.Value('[]')), '&&'), (foundation.db.constraints.DateRange(models.F('valid_from'), models.F('valid_to'), models.Value('[]')), '&&')], name='members_term_no_overlap', violation_error_message='参加の期間が、登録済みの期間と重なっています。'),
        ),
        migrations.AddConstraint(
            model_name='personallink',
            constraint=models.UniqueConstraint(fields=('membership', 'purpose'), name='members_one_link_per_purpose'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='members_posting_days_in_order', violation_error_message='終了日は開始日以後の日にしてください。'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(foundation.db.constraints.Int8Range(models.F('user'), models.F('user'), models.Value('[]')), '&&'), (foundation.db.constraints.Int8Range(models.F('department'), models.F('department'), models.Value('[]')), '&&'), (foundation.db.constraints.DateRange(models.F('valid_from'), models.F('valid_to'), models.Value('[]')), '&&')], name='members_posting_no_overlap', violation_error_message='同じ課への配属の期間が重なっています。'),
        ),
        migrations.AddConstraint(
            model_name='workinggroup',
            constraint=models.CheckConstraint(condition=models.Q(('planned_meetings__gte', 1)), name='members_group_meets_once', violation_error_message='開催予定回数は1以上にしてください。'),
        ),
        migrations.AddConstraint(
            model_name='officeterm',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='members_officeterm_days_in_order', violation_error_message='終了日は開始日以後の日にしてください。'),
        ),
        migrations.AddConstraint(
            model_name='officeterm',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('office', 'chair')), expressions=[(foundation.db.constraints.Int8Range(models.F('group'), models.F('group'), models.Value('[]')), '&&'), (foundation.db.constraints.DateRange(models.F('valid_from'), models.F('valid_to'), models.Value('[]')), '&&')], name='members_one_chair', violation_error_message='部会長が既に登録されています。先に、前の部会長の終了日を登録してください。'),
        ),
        migrations.AddConstraint(
            model_name='officeterm',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(foundation.db.constraints.Int8Range(models.F('membership'), models.F('membership'), models.Value('[]')), '&&'), (foundation.db.constraints.DateRange(models.F('valid_from'), models.F('valid_to'), models.Value('[]')), '&&')], name='members_one_office_each', violation_error_message='この方は既に役職に就いています。'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('group', 'user'), name='members_membership_unique', violation_error_message='この方は既に部会に登録されています。'),
        ),
        migrations.AddConstraint(
            model_name='deskgrant',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_from__lte', models.F('valid_to')), _connector='OR'), name='members_deskgrant_days_in_order', violation_error_message='終了日は開始日以後の日にしてください。'),
        ),
        migrations.AddConstraint(
            model_name='deskgrant',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(foundation.db.constraints.Int8Range(models.F('group'), models.F('group'), models.Value('[]')), '&&'), (foundation.db.constraints.Int8Range(models.F('user'), models.F('user'), models.Value('[]')), '&&'), (foundation.db.constraints.DateRange(models.F('valid_from'), models.F('valid_to'), models.Value('[]')), '&&')], name='members_grant_no_overlap', violation_error_message='この方には既に事務局の権限があります。'),
        ),
    ]
