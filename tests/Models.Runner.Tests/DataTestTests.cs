using Models.Engine;

namespace Models.Runner.Tests;

public sealed class DataTestTests(PostgresFixture postgres)
{
    private async Task<TestProject> CreateAsync()
    {
        var project = await TestProject.CreateAsync(postgres);
        return project.Model("parent", "select * from (values (1, 'a'), (2, 'b')) as v (id, kind)")
            .Model("child", "select * from (values (1, 1), (2, 1), (2, 3), (null, 1)) as v (id, parent_id)");
    }

    [Fact]
    public async Task The_four_generic_tests_count_what_is_wrong()
    {
        await using var project = await CreateAsync();
        project.Write("models/schema.yml", """
            models:
              - name: parent
                columns:
                  - name: id
                    data_tests: [unique, not_null]
                  - name: kind
                    data_tests:
                      - accepted_values:
                          arguments: {values: ['a']}
              - name: child
                columns:
                  - name: id
                    data_tests: [unique, not_null]
                  - name: parent_id
                    data_tests:
                      - relationships:
                          arguments: {to: ref('parent'), field: id}
            """);
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        var summary = await project.RunAsync(RunVerb.Test);

        summary.Of("unique_parent_id").Status.ShouldBe(NodeStatus.Pass);
        summary.Of("not_null_parent_id").Status.ShouldBe(NodeStatus.Pass);
        summary.Of("accepted_values_parent_kind__a").Failures.ShouldBe(1);
        summary.Of("unique_child_id").Failures.ShouldBe(1);
        summary.Of("not_null_child_id").Message.ShouldBe("Got 1 result, configured to fail if != 0");
        summary.Of("relationships_child_parent_id__id__ref_parent_").Failures.ShouldBe(1);
        summary.Count(NodeStatus.Fail).ShouldBe(4);
    }

    [Theory]
    [InlineData("a'b")]
    [InlineData("a''b")]
    public async Task An_accepted_value_may_hold_a_quote_which_may_be_doubled_as_dbt_wants_it(string value)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("m", "select 'a''b'::text as name union all select 'c'")
            .Write("models/m.yml",
                $"models: [{{name: m, columns: [{{name: name, data_tests: [accepted_values: {{arguments: {{values: [\"{value}\", c]}}}}]}}]}}]");

        (await project.BuildAsync()).ShouldSucceed();

        project.Model("m", "select 'ab'::text as name");
        (await project.BuildAsync()).Count(NodeStatus.Fail).ShouldBe(1);
    }

    [Fact]
    public async Task Severity_and_thresholds_decide_between_warning_and_failure()
    {
        await using var project = await CreateAsync();
        project.Write("tests/warns.sql", "{{ config(severity='warn') }} select 1 as x")
            .Write("tests/tolerates.sql", "{{ config(error_if='> 5', warn_if='> 1') }} select 1 as x from generate_series(1, 3)")
            .Write("tests/fails.sql", "{{ config(error_if='> 5') }} select 1 as x from generate_series(1, 6)")
            .Write("tests/limited.sql", "{{ config(error_if='> 5', limit=2) }} select 1 as x from generate_series(1, 6)")
            .Write("tests/sums.sql", "{{ config(fail_calc='sum(x)', error_if='> 5') }} select 3 as x from generate_series(1, 2)")
            .Write("tests/broken.sql", "select * from nowhere");

        var summary = await project.RunAsync(RunVerb.Test);

        summary.Of("warns").Status.ShouldBe(NodeStatus.Warn);
        summary.Of("tolerates").Status.ShouldBe(NodeStatus.Warn);
        summary.Of("fails").Status.ShouldBe(NodeStatus.Fail);
        summary.Of("limited").Status.ShouldBe(NodeStatus.Warn);
        summary.Of("limited").Failures.ShouldBe(2);
        summary.Of("sums").Failures.ShouldBe(6);
        summary.Of("broken").Status.ShouldBe(NodeStatus.Error);
        summary.Of("broken").Message.ShouldContain("broken.sql(1,15)");
    }

    [Fact]
    public async Task In_a_build_a_failed_test_keeps_bad_rows_from_going_further()
    {
        await using var project = await CreateAsync();
        project.Model("below", "select * from {{ ref('child') }}")
            .Model("beside", "select * from {{ ref('parent') }}")
            .Write("models/schema.yml", """
                models:
                  - name: child
                    columns:
                      - name: id
                        data_tests: [not_null]
                  - name: parent
                    columns:
                      - name: id
                        data_tests:
                          - not_null
                          - accepted_values:
                              arguments: {values: [1]}
                              config: {severity: warn}
                """);

        var summary = await project.BuildAsync();

        summary.Of("child").Status.ShouldBe(NodeStatus.Success);
        summary.Of("below").Status.ShouldBe(NodeStatus.Skipped);
        summary.Of("below").Message.ShouldContain("not_null_child_id");
        summary.Of("beside").Status.ShouldBe(NodeStatus.Success);
        summary.Count(NodeStatus.Warn).ShouldBe(1);
    }

    [Fact]
    public async Task Failing_rows_can_be_kept()
    {
        await using var project = await CreateAsync();
        project.Write("tests/kept.sql", "{{ config(store_failures=true) }} select 7 as x")
            .Write("tests/passes.sql", "{{ config(store_failures=true) }} select 7 as x where false");

        for (var i = 0; i < 2; i++)
        {
            var summary = await project.RunAsync(RunVerb.Test);
            summary.Of("kept").Message.ShouldContain("dbt_test__audit");
            summary.Of("passes").Status.ShouldBe(NodeStatus.Pass);
        }

        (await project.ScalarAsync("select x from dev_dbt_test__audit.kept")).ShouldBe("7");
    }

    [Fact]
    public async Task A_test_that_passes_has_no_failures_whatever_it_tolerates()
    {
        await using var project = await CreateAsync();
        project.Write("tests/tolerant.sql", "{{ config(warn_if='> 5', error_if='> 5') }} select 7 as x");

        var result = (await project.RunAsync(RunVerb.Test)).Of("tolerant");

        result.Status.ShouldBe(NodeStatus.Pass);
        result.Failures.ShouldBe(0);
    }

    [Fact]
    public async Task Tests_count_in_whatever_section_they_name_their_table()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("seeds/s.csv", "id\n1\n").Write("seeds/schema.yml", "models: [{name: s, columns: [{name: id, data_tests: [unique]}]}]");
        (await project.RunAsync(RunVerb.Seed)).ShouldSucceed();

        (await project.RunAsync(RunVerb.Test)).Of("unique_s_id").Status.ShouldBe(NodeStatus.Pass);
    }
}
