namespace Models.Compiler.Tests.Analysis;

public sealed class HookAnalysisTests
{
    [Fact]
    public async Task Hooks_that_only_name_what_there_will_be_are_left_alone()
    {
        using var project = new ShopProject()
            .Write("dbt_project.yml",
                "name: shop\nprofile: shop\nmodels: {+schema: marts, +post-hook: \"analyze {{ this }}\"}\non-run-start:\n  - create table if not exists " +
                "audit.runs (at timestamptz)\n  - create or replace function twice(i int) returns int language sql as $$ select i * 2; select i * 2 " +
                "$$\non-run-end: \"insert into audit.runs select now(); select twice(1) from audit.elsewhere\"\n")
            .Write("models/hooked.sql",
                """
                {{ config(
                    pre_hook=["create temporary table __orders as select 1 as id; insert into __orders select 2", "set local work_mem = '64MB'"],
                    post_hook=["grant select on {{ this }} to public", "create index if not exists i on {{ this }} (one)", "insert into {{ this }} select order_id from {{ ref('orders') }}; delete from {{ this }} where one > 3",
                        "{{ log('x') }}", "{% if adapter.get_relation(this.database, this.schema, 'x') %}delet{% endif %}"]) }}
                select 1 as one
                """);

        (await project.DiagnoseAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_column_that_a_hook_adds_is_there_for_what_follows()
    {
        using var project = new ShopProject()
            .Write("models/hooked.sql",
                """
                {{ config(post_hook=["alter table {{ this }} add column loaded_at timestamptz", "update {{ this }} set loaded_at = now(); select loaded_at from {{ this }}", "alter table {{ this }} rename column one to uno; select uno from {{ this }}"]) }}
                select 1 as one
                """);

        (await project.DiagnoseAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{{ config(post_hook=['select 1', 'delet from {{ this }}']) }} select 1 as one",
        "models/hooked.sql(1,35): error MDL4002: Syntax error in a hook of model 'hooked' near 'delet'")]
    [InlineData("{{ config(\n  post_hook=\"update {{ this }} set one = 2 where oen = 1\") }}\nselect 1 as one",
        "models/hooked.sql(2,50): error MDL5001: Column 'oen' does not exist in a hook of model 'hooked'; did you mean 'one'?")]
    [InlineData("{{ config(post_hook=\"delete from {{ this }}; insert into {{ this }} (one, two) values (1, 2)\") }} select 1 as one",
        "models/hooked.sql(1,75): error MDL5001: Column 'two' does not exist in a hook of model 'hooked'")]
    [InlineData(
        "{{ config(pre_hook={'sql': 'select 1 from dev_marts.order', 'transaction': false}) }} select 1 as one", "models/hooked.sql(1,43): error MDL5002: " +
        "Relation 'dev_marts.order' that a hook of model 'hooked' reads does not exist; did you mean 'dev_marts.orders'?")]
    [InlineData("{{ config(post_hook=\"select 1 where 'a' like'b' escape'\\\\'; selct E'\\\\';'\") }} select 1 as one",
        "models/hooked.sql: error MDL4002: Syntax error in a hook of model 'hooked' near 'selct'")]
    [InlineData("{{ config(post_hook=\"{{ nosuch() }}\") }} select 1 as one", "models/hooked.sql(1,25): error MDL2101: 'nosuch' is undefined")]
    public async Task A_mistake_in_a_hook_is_placed_in_the_hook(string model, string expected)
    {
        using var project = new ShopProject().Write("models/hooked.sql", model);

        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldStartWith(expected);
    }

    [Fact]
    public async Task Hooks_of_the_project_and_of_properties_are_placed_in_their_yaml()
    {
        using var project = new ShopProject()
            .Write("dbt_project.yml", "name: shop\nprofile: shop\non-run-start:\n  - select 1\n  - |\n    select 1;\n    selct 2\nmodels:\n  +schema: marts\n")
            .Write("models/hooked.sql", "select 1 as one")
            .Write("models/hooked.yml",
                "models:\n  - name: hooked\n    config:\n      post_hook:\n        - \"select 1\"\n        - \"select two from {{ this }}\"\n");

        (await project.DiagnoseAsync()).ShouldBe(
        [
            "dbt_project.yml(7,5): error MDL4002: Syntax error in the on-run-start hook 2 near 'selct'",
            "models/hooked.yml(6,19): error MDL5001: Column 'two' does not exist in a hook of model 'hooked'",
        ]);
    }

    [Fact]
    public async Task What_a_hook_reads_is_built_before_its_node()
    {
        using var project = new ShopProject()
            .Write("models/hooked.sql", "{{ config(post_hook=\"insert into {{ this }} select order_id from {{ ref('orders') }}\") }} select 1 as one")
            .Write("models/lost.sql", "{{ config(post_hook=\"insert into {{ this }} select 1 from {{ ref('ordres') }}\") }} select 1 as one");

        (await project.DiagnoseAsync())
            .ShouldBe(["models/lost.sql(1,62): error MDL3001: there is no model, seed or snapshot 'ordres'; did you mean 'orders'?"]);
        (await project.CompileAsync()).Project.Graph.Parents("model.shop.hooked").ShouldBe(["model.shop.orders"]);
    }

    [Fact]
    public async Task A_hook_that_was_right_is_looked_at_again_when_its_columns_change()
    {
        using var project = new ShopProject()
            .Write("models/hooked.sql", "select 1 as one")
            .Write("models/hooked.yml", "models:\n  - name: hooked\n    config: {post_hook: \"delete from {{ this }} where one = 1\"}\n");
        (await project.DiagnoseAsync()).ShouldBeEmpty();

        project.Write("models/hooked.sql", "select 1 as two");

        (await project.DiagnoseAsync())
            .ShouldHaveSingleItem().ShouldStartWith("models/hooked.yml(3,55): error MDL5001: Column 'one' does not exist in a hook of model 'hooked'");
    }
}
