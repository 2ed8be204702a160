using Models.Project.Graph;

namespace Models.Runner.Tests;

public sealed class QuotingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Relations_without_quotes_are_built_found_and_replaced_under_the_name_the_server_folds_them_to()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await project.ExecuteAsync("create schema raw; create table raw.orders as select 1 as id");
        project.Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nquoting: {schema: false, identifier: false}\n")
            .Write("models/sources.yml",
                "sources:\n  - name: Raw\n    quoting: {schema: false, identifier: false}\n    tables:\n      - {name: Orders, columns: [{name: id, " +
                "data_type: int}]}\n")
            .Write("seeds/Countries.csv", "id\n1\n")
            .Model("Lead",
                "{{ config(materialized='table', schema='Mart', post_hook='insert into {{ this }} values (2)') }} select id from {{ source('Raw', 'Orders') }}")
            .Model("Growing",
                "{{ config(materialized='incremental') }} select id from {{ ref('Lead') }} {% if is_incremental() %} where id > (select max(id) from {{ this " +
                "}}) {% endif %}")
            .Model("Reader", "select id from {{ ref('Growing') }} join {{ ref('Countries') }} using (id)");

        for (var i = 0; i < 2; i++)
            (await project.BuildAsync()).ShouldSucceed();

        (await project.RowsAsync("select schemaname || '.' || tablename from pg_tables where schemaname like 'dev%' order by 1"))
            .ShouldBe(["dev.countries", "dev.growing", "dev_mart.lead"]);
        (await project.ScalarAsync("select string_agg(id::text, ',' order by id) from dev.growing")).ShouldBe("1,2");
        var lead = ((RelationNode)(await project.BuildAsync()).Of("Lead").Node).Relation;
        lead.ToString().ShouldEndWith(".dev_Mart.Lead");
    }
}
