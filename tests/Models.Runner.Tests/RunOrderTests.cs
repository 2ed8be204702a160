using Models.Engine;

namespace Models.Runner.Tests;

public sealed class RunOrderTests(PostgresFixture postgres)
{
    [Fact]
    public async Task With_one_thread_nodes_run_level_by_level_so_that_a_table_read_by_name_is_there()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id")
            .Model("b", "select id from {{ ref('a') }}")
            .Model("c", "select id from {{ ref('b') }} union all select id from dev.z union all select id from dev.y")
            .Model("y", "{{ config(materialized='table') }} select id from {{ ref('a') }}")
            .Model("z", "{{ config(materialized='table') }} select 1 as id");

        var summary = await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options(), Threads = 1 });

        summary.ShouldSucceed().Results.Select(r => r.Node.Name).ShouldBe(["a", "z", "b", "y", "c"]);
    }

    [Fact]
    public async Task In_a_build_a_failed_test_of_several_parents_stops_what_reads_all_of_them()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "{{ config(materialized='table') }} select 1 as id")
            .Model("b", "{{ config(materialized='table') }} select 2 as id")
            .Model("e", "{{ config(materialized='ephemeral') }} select id from {{ ref('b') }}")
            .Model("only_a", "select id from {{ ref('a') }}")
            .Model("both", "select id from {{ ref('a') }} union all select id from {{ ref('b') }}")
            .Model("through_ephemeral", "select id from {{ ref('only_a') }} union all select id from {{ ref('e') }}")
            .Model("below", "select id from {{ ref('both') }}")
            .Write("tests/same.sql", "select a.id from {{ ref('a') }} as a left join {{ ref('b') }} as b on a.id = b.id where b.id is null");

        var summary = await project.BuildAsync();

        summary.Of("same").Status.ShouldBe(NodeStatus.Fail);
        summary.Of("only_a").Status.ShouldBe(NodeStatus.Success);
        summary.Of("both").Message.ShouldBe("Skipped because of test.shop.same");
        summary.Of("through_ephemeral").Message.ShouldBe("Skipped because of test.shop.same");
        summary.Of("below").Message.ShouldBe("Skipped because of test.shop.same");
    }

    [Theory]
    [InlineData("a", "b", "m")]
    [InlineData("a", "s", "m")]
    [InlineData("a", "m", "n")]
    public async Task A_failed_test_of_two_nodes_stops_what_depends_on_both(string first, string second, string skipped)
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("a", "select 1 as id").Model("b", "select 2 as id").Write("seeds/s.csv", "id\n3\n")
            .Model("m", "select id from {{ ref('a') }} union all select id from {{ ref('b') }} union all select id from {{ ref('s') }}")
            .Model("n", "select id from {{ ref('m') }}")
            .Write("tests/fails.sql", $"select 1 as x from {{{{ ref('{first}') }}}}, {{{{ ref('{second}') }}}}");

        (await project.BuildAsync()).Of(skipped).Message.ShouldBe("Skipped because of test.shop.fails");
    }
}
