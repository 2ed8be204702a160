using Models.Engine;

namespace Models.Runner.Tests;

public sealed class MaterializedViewTests(PostgresFixture postgres)
{
    private const string Indexes =
        "select string_agg(method, '; ' order by method collate \"C\") from (select regexp_replace(indexdef, '.* USING ', '') as method, schemaname, " +
        "tablename from pg_indexes) as i"
        + " where schemaname = 'dev' and tablename = 'm'";

    [Fact]
    public async Task Changed_indexes_are_applied_to_the_materialized_view_that_stands()
    {
        await using var project = await CreateAsync("indexes=[{'columns': ['id']}, {'columns': ['id', 'n'], 'unique': true}]");
        await project.ExecuteAsync("create index by_hand on dev.m ((id + 1)); create index partial on dev.m (n) where n > 1");
        var before = await project.ScalarAsync("select 'dev.m'::regclass::oid");
        await project.ExecuteAsync("insert into raw.t values (2, 2)");

        Model(project, "indexes=[{'columns': ['id']}, {'columns': ['n'], 'type': 'hash'}]");
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync(Indexes)).ShouldBe("btree (((id + 1))); btree (id); btree (n) WHERE (n > 1); hash (n)");
        (await project.ScalarAsync("select 'dev.m'::regclass::oid")).ShouldBe(before);
        (await project.ScalarAsync("select count(*) from dev.m")).ShouldBe("2");
    }

    [Fact]
    public async Task On_configuration_change_continue_leaves_the_materialized_view_as_it_is_with_a_warning()
    {
        await using var project = await CreateAsync("indexes=[{'columns': ['id']}]");
        await project.ExecuteAsync("insert into raw.t values (2, 2)");
        Model(project, "indexes=[{'columns': ['n']}], on_configuration_change='continue'");
        var said = new MessageLines();

        (await project.RunAsync(new RunOptions { Verb = RunVerb.Run, Compile = project.Options() }, said)).ShouldSucceed();

        said.Lines.ShouldContain(
            "The indexes of model 'm' are no longer those of its materialized view, which stays as it is: on_configuration_change is 'continue'.");
        (await project.ScalarAsync(Indexes)).ShouldBe("btree (id)");
        (await project.ScalarAsync("select count(*) from dev.m")).ShouldBe("1");
    }

    [Fact]
    public async Task On_configuration_change_fail_is_an_error_of_the_model()
    {
        await using var project = await CreateAsync("indexes=[{'columns': ['id']}]");
        Model(project, "on_configuration_change='fail'");

        (await project.RunAsync(RunVerb.Run)).Of("m").Message
            .ShouldBe("The indexes of model 'm' are no longer those of its materialized view, and on_configuration_change is 'fail'.");
        (await project.ScalarAsync(Indexes)).ShouldBe("btree (id)");
    }

    [Fact]
    public async Task An_unknown_on_configuration_change_is_named()
    {
        await using var project = await CreateAsync("");
        Model(project, "on_configuration_change='maybe'");

        (await project.RunAsync(RunVerb.Run)).Of("m").Message.ShouldBe("Model 'm' has on_configuration_change 'maybe'; it is apply, continue or fail.");
    }

    private async Task<TestProject> CreateAsync(string config)
    {
        var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create schema raw; create table raw.t (id int, n int); insert into raw.t values (1, 1)");
        Model(project, config);
        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();
        return project;
    }

    private static void Model(TestProject project, string config) =>
        project.Model("m", $"{{{{ config(materialized='materialized_view'{(config.Length > 0 ? ", " : "")}{config}) }}}} select id, n from raw.t");
}
