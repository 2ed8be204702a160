namespace Models.Runner.Tests;

public sealed class HookTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_the_macro_of_a_post_hook_executes_finds_the_new_table()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Model("t", "{{ config(materialized='table', post_hook='{{ add_row(this) }}') }} select 1 as id")
            .Write("macros/add_row.sql", "{% macro add_row(relation) %}{% call statement('add') %}insert into {{ relation }} values (2){% endcall %}{% endmacro %}");

        (await project.RunAsync(RunVerb.Run)).ShouldSucceed();

        (await project.ScalarAsync("select sum(id) from dev.t")).ShouldBe("3");
    }
}
