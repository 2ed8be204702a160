using Models.Compiler.Tests.Project;

namespace Models.Compiler.Tests.Context;

public sealed class DbtContextTests
{
    /// <summary>Expression and what it prints in a model of an otherwise empty project.</summary>
    [Theory]
    [InlineData("{{ this }}", "\"warehouse\".\"dev\".\"evaluated\"")]
    [InlineData("{{ this.include(database=false) }} {{ this.identifier }}", "\"dev\".\"evaluated\" evaluated")]
    [InlineData("{{ target.name }} {{ target.schema }} {{ target.type }} {{ target.threads }}", "dev dev postgres 3")]
    [InlineData("{{ target.password is defined }}", "False")]
    [InlineData("{{ config.get('materialized') }} {{ config.get('nothing', 'none') }}", "view none")]
    [InlineData("{{ model.unique_id }} {{ model.config.materialized }} {{ model['name'] }}", "model.shop.evaluated view evaluated")]
    [InlineData("{{ project_name }} {{ execute }} {{ dbt_version.split('.')[0] }}", "shop True 1")]
    [InlineData("{{ flags.FULL_REFRESH }} {{ flags.WHICH }}", "False compile")]
    [InlineData("{{ tojson({'a': [1, none, true]}) }} {{ fromjson('{\"b\": 2}').b }}", "{\"a\": [1, null, true]} 2")]
    [InlineData("{{ fromyaml('a: [1, yes]').a }}", "[1, True]")]
    [InlineData("{{ toyaml({'a': 'x'}) }}", "a: x")]
    [InlineData("{{ toyaml({'a': 1.0}) }}", "a: 1.0")]
    [InlineData("{{ toyaml(this, 'none') }}", "none")]
    [InlineData("{{ toyaml([nothing_of_the_kind], 'none') }}", "none")]
    [InlineData("{{ invocation_args_dict.which is string }}", "True")]
    [InlineData("{{ invocation_args_dict.get('full_refresh') }}", "None")]
    [InlineData("{{ invocation_args_dict.use_colors }} {{ invocation_args_dict.indirect_selection }} {{ invocation_args_dict.get('quiet') }}",
        "True eager False")]
    [InlineData("{{ local_md5('hello') }}", "5d41402abc4b2a76b9719d911017c592")]
    [InlineData("{{ zip([1, 2], ['a', 'b']) | list }} {{ set([1, 1]) | list }}", "[(1, 'a'), (2, 'b')] [1]")]
    [InlineData("{{ env_var('LEADLINE_TEST_UNSET', 'fallback') }}", "fallback")]
    [InlineData("{{ var('absent', 7) + 1 }} {{ var.has_var('absent') }}", "8 False")]
    [InlineData("{{ api.Relation.create(schema='s', identifier='i') }}", "\"s\".\"i\"")]
    [InlineData("{{ api.Column('a', 'character varying', 10).data_type }} {{ api.Column.translate_type('string') }}", "character varying(10) TEXT")]
    [InlineData("{{ adapter.quote('a\"b') }}", "\"a\"\"b\"")]
    [InlineData("{{ adapter.get_relation('warehouse', 'dev', 'x') }} {{ adapter.get_columns_in_relation(this) }}", "None []")]
    [InlineData("{{ modules.datetime.datetime.strptime('2024-02-28', '%Y-%m-%d') + modules.datetime.timedelta(days=2) }}", "2024-03-01 00:00:00")]
    [InlineData("{{ (modules.datetime.date(2024, 3, 1) - modules.datetime.date(2024, 2, 1)).days }}", "29")]
    [InlineData("{{ modules.datetime.date(2024, 3, 1).strftime('%d.%m.%y %A') }}", "01.03.24 Friday")]
    [InlineData("{{ modules.pytz.timezone('Europe/Berlin').localize(modules.datetime.datetime(2024, 7, 1, 12)).isoformat() }}", "2024-07-01T12:00:00+02:00")]
    [InlineData("{{ modules.re.sub('(\\\\d+)', '<\\\\1>', 'a1b22') }} {{ modules.re.match('b', 'ab') }}", "a<1>b<22> None")]
    [InlineData("{{ modules.re.search('(?P<n>\\\\d+)', 'ab12').group('n') }}", "12")]
    [InlineData("{{ modules.itertools.product([1, 2], 'ab') | list }}", "[(1, 'a'), (1, 'b'), (2, 'a'), (2, 'b')]")]
    [InlineData("{{ dbt.type_string() }} {{ dbt.type_timestamp() }} {{ type_numeric() }}", "TEXT timestamp numeric(28,6)")]
    [InlineData("{{ dbt.dateadd('day', 1, 'd') }}", "d + ((interval '1 day') * (1))")]
    [InlineData("{{ dbt.concat(['a', 'b']) }} {{ dbt.hash('a') }}", "a || b md5(cast(a as TEXT))")]
    [InlineData("{{ dbt.safe_cast('x', api.Column.translate_type('integer')) }}", "cast(x as integer)")]
    [InlineData("{{ dbt.string_literal('it') }} {{ dbt.escape_single_quotes(\"it's\") }}", "'it' it''s")]
    [InlineData("{{ dbt_utils is defined }} {{ dbt is defined }}", "False True")]
    [InlineData("{{ context['project_name'] }} {{ builtins.var('x', 1) }}", "shop 1")]
    [InlineData("{% do log('x') %}{% do print('y') %}z", "z")]
    [InlineData("a{{ ',' if false }}b", "ab")]
    public void An_expression_prints_what_dbt_prints(string template, string expected)
    {
        using var project = new TemporaryProject();

        project.Evaluate(template).ShouldBe(expected);
    }

    [Theory]
    [InlineData("{{ exceptions.raise_compiler_error('no ' ~ 'way') }}", "models/evaluated.sql(1,4): error MDL2201: no way")]
    [InlineData("{{ env_var('LEADLINE_TEST_UNSET') }}",
        "models/evaluated.sql(1,4): error MDL2204: the environment variable 'LEADLINE_TEST_UNSET' is not set; set it, or give env_var() a default")]
    [InlineData("{{ env_var('DBT_ENV_SECRET_X', '') }}",
        "models/evaluated.sql(1,4): error MDL2208: the secret 'DBT_ENV_SECRET_X' may be used in profiles.yml and packages.yml only")]
    [InlineData(
        "{{ adapter.dispatch('nothing', 'shop')() }}", "models/evaluated.sql(1,4): error MDL2206: no macro 'nothing' was found for dispatch; looked for " +
        "'shop.postgres__nothing', 'shop.default__nothing', 'shop.postgres__nothing', 'shop.default__nothing'")]
    [InlineData("{{ exceptions.warn('careful') }}", "models/evaluated.sql(1,4): warning MDL2202: careful")]
    public void What_a_template_raises_is_placed_at_the_call(string template, string expected)
    {
        using var project = new TemporaryProject().Models(("evaluated", template));

        project.Diagnose().ShouldBe([expected]);
    }

    [Fact]
    public void A_missing_var_is_reported_when_the_model_is_compiled()
    {
        using var project = new TemporaryProject("vars: {colour: red}").Models(("m", "select '{{ var('color') }}'"));
        var parsed = project.Parse();

        Should.Throw<Diagnostics.DiagnosticException>(() => parsed.Compile(parsed.Graph["model.shop.m"], new EmptyDatabase()))
            .Diagnostic.Message.ShouldBe(
                "there is no var 'color'; did you mean 'colour'; set it under vars in dbt_project.yml or with --vars, or give var() a default");
    }
}
