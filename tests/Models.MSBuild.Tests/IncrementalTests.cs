namespace Models.MSBuild.Tests;

public sealed class IncrementalTests
{
    [Fact]
    public void Nothing_changed_means_nothing_is_compiled()
    {
        using var scenario = BuildScenario.Create();
        var first = scenario.Build();
        first.ShouldSucceed();
        first.CompiledModels.ShouldBeTrue(first.Output);

        var second = scenario.Build("--no-restore");

        second.ShouldSucceed();
        second.CompiledModels.ShouldBeFalse(second.Output);
    }

    [Fact]
    public void Only_what_a_change_reaches_is_analysed_again()
    {
        using var scenario = BuildScenario.Create();
        scenario.Write("shop/models/big_customers.sql", "select customer from {{ ref('revenue') }} where revenue > 100");
        scenario.Build().ShouldSucceed();

        scenario.Replace("shop/models/revenue.sql", "group by customer", "where amount > 0 group by customer");
        var edited = scenario.Build("--no-restore");
        scenario.Replace("shop/models/revenue.sql", "sum(amount) as revenue", "sum(amount)::bigint as revenue");
        var retyped = scenario.Build("--no-restore");

        edited.Output.ShouldContain("1 given to PostgreSQL");
        retyped.Output.ShouldContain("2 given to PostgreSQL");
    }

    /// <summary>As cp -p, mv and tar leave files: other than before, with a time that is older than the last build or the same as before.</summary>
    [Theory]
    [InlineData("shop/models/revenue.sql", "sum(amount) as revenue", "sum(amount) as renevue")]
    [InlineData("shop/models/models.yml", "- name: revenue\n    columns", "- name: renevue\n    columns")]
    [InlineData("shop/models/sources.yml", "{name: amount,", "{name: amuont,")]
    [InlineData("shop/macros/kind.sql", "'a'", "'b'")]
    [InlineData("shop/seeds/kinds.csv", "kind", "kidn")]
    [InlineData("shop/contracts/orders.yml", "name: orders", "name: ordres")]
    [InlineData("shop/dbt_project.yml", "+schema: marts", "+schema: mrats")]
    public void Contents_decide_and_not_times(string file, string before, string after)
    {
        using var scenario = BuildScenario.Create();
        scenario.Write("shop/macros/kind.sql", "{% macro kind() %}'a'{% endmacro %}");
        scenario.Write("shop/seeds/kinds.csv", "kind\na\n");
        scenario.Write("shop/contracts/orders.yml", "name: orders\nformat: csv\nfields: []\n");
        scenario.Write("shop/models/models.yml", "models:\n  - name: revenue\n    columns: [{name: customer}]\n");
        scenario.Build().ShouldSucceed();
        var time = File.GetLastWriteTimeUtc(scenario.PathOf(file));

        scenario.Replace(file, before, after);
        File.SetLastWriteTimeUtc(scenario.PathOf(file), time);
        scenario.Build("--no-restore").CompiledModels.ShouldBeTrue();
    }

    [Fact]
    public void A_file_that_is_touched_is_no_change()
    {
        using var scenario = BuildScenario.Create();
        scenario.Build().ShouldSucceed();

        File.SetLastWriteTimeUtc(scenario.PathOf("shop/models/revenue.sql"), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1));

        scenario.Build("--no-restore").CompiledModels.ShouldBeFalse();
    }

    [Fact]
    public void The_build_s_manifest_stays_when_a_run_writes_another_one()
    {
        using var scenario = BuildScenario.Create();
        scenario.Build().ShouldSucceed();

        scenario.Write("shop/target/manifest.json", "{}");
        scenario.Build("--no-restore").CompiledModels.ShouldBeFalse();

        var kept = Directory.EnumerateFiles(scenario.OutputFolder, "manifest.json", SearchOption.AllDirectories).Single();
        File.ReadAllText(kept).ShouldContain("\"model.shop.revenue\"");
    }

    [Fact]
    public void An_old_file_that_comes_or_goes_is_a_change()
    {
        using var scenario = BuildScenario.Create();
        scenario.Build().ShouldSucceed();

        scenario.Write("shop/models/added.sql", "select customer from {{ ref('revenue') }}");
        File.SetLastWriteTimeUtc(scenario.PathOf("shop/models/added.sql"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        scenario.Build("--no-restore").CompiledModels.ShouldBeTrue();
        File.Exists(GeneratedFile(scenario, "Added.cs")).ShouldBeTrue();

        scenario.Delete("shop/models/added.sql");
        scenario.Build("--no-restore").CompiledModels.ShouldBeTrue();
        File.Exists(GeneratedFile(scenario, "Added.cs")).ShouldBeFalse();
    }

    [Fact]
    public void What_is_read_outside_of_the_folder_counts_as_well()
    {
        using var scenario = BuildScenario.Create();
        scenario.WriteModels("other");
        scenario.Write("shop/packages.yml", "packages: [{local: ../other}]");
        scenario.Write("shop/dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nmodels: {other: {+schema: others}}\n");
        scenario.Replace("other/models/sources.yml", "name: raw", "name: other_raw");
        foreach (var model in (string[])["orders", "revenue"])
            File.Move(scenario.PathOf($"other/models/{model}.sql"), scenario.PathOf($"other/models/other_{model}.sql"));
        scenario.Replace("other/models/other_orders.sql", "'raw'", "'other_raw'");
        scenario.Replace("other/models/other_revenue.sql", "ref('orders')", "ref('other_orders')");
        scenario.Replace("other/models/models.yml", "name: revenue\n    description", "name: other_revenue\n    description");
        scenario.Build().ShouldSucceed();
        scenario.Build("--no-restore").CompiledModels.ShouldBeFalse();

        scenario.Write("other/models/added.sql", "select 1 as id");
        scenario.Build("--no-restore").CompiledModels.ShouldBeTrue();
        scenario.Replace("other/models/models.yml", "What each", "Whatever a");
        scenario.Build("--no-restore").CompiledModels.ShouldBeTrue();
        scenario.Build("--no-restore").CompiledModels.ShouldBeFalse();
    }

    [Fact]
    public void A_model_that_is_gone_is_gone_from_the_code()
    {
        using var scenario = BuildScenario.Create();
        scenario.Build().ShouldSucceed();
        File.Exists(GeneratedFile(scenario, "Revenue.cs")).ShouldBeTrue();

        scenario.Delete("shop/models/revenue.sql");
        scenario.Delete("shop/models/models.yml");
        scenario.Build("--no-restore").ShouldSucceed();

        File.Exists(GeneratedFile(scenario, "Revenue.cs")).ShouldBeFalse();
        File.Exists(GeneratedFile(scenario, "Orders.cs")).ShouldBeTrue();
    }

    [Fact]
    public void A_design_time_build_takes_what_is_there()
    {
        using var scenario = BuildScenario.Create();
        scenario.Build().ShouldSucceed();
        scenario.Replace("shop/models/revenue.sql", "sum(amount)", "sum(amuont)");

        var designTime = scenario.Build("--no-restore", "-p:DesignTimeBuild=true");

        designTime.ShouldSucceed();
        designTime.CompiledModels.ShouldBeFalse();
    }

    [Fact]
    public void Another_value_of_an_environment_variable_that_a_template_reads_is_a_change()
    {
        using var scenario = BuildScenario.Create();
        scenario.Write("shop/models/limited.sql", "select customer, {{ env_var('SHOP_LIMIT', '1') }} as most from {{ ref('revenue') }}");
        scenario.Environment["SHOP_LIMIT"] = "5";
        scenario.Build().ShouldSucceed();
        scenario.Build("--no-restore").CompiledModels.ShouldBeFalse();

        scenario.Environment["SHOP_LIMIT"] = "'five'::text";
        var changed = scenario.Build("--no-restore");

        changed.Output.ShouldContain("1 given to PostgreSQL");
        File.ReadAllText(GeneratedFile(scenario, "Limited.cs")).ShouldContain("string");
        scenario.Build("--no-restore").CompiledModels.ShouldBeFalse();
    }

    [Fact]
    public void A_graph_build_compiles_models_once_and_then_not_again()
    {
        using var scenario = BuildScenario.Create();
        var first = scenario.Build("-graph");
        first.ShouldSucceed();
        first.CompiledModels.ShouldBeTrue(first.Output);

        var second = scenario.Build("--no-restore", "-graph");

        second.ShouldSucceed();
        second.CompiledModels.ShouldBeFalse(second.Output);
    }

    [Fact]
    public void Clean_leaves_nothing_behind()
    {
        using var scenario = BuildScenario.Create();
        scenario.Build().ShouldSucceed();

        scenario.Dotnet("clean", "-tl:off", "-nodeReuse:false").ShouldSucceed();

        Directory.Exists(scenario.OutputFolder).ShouldBeFalse();
        File.Exists(scenario.PathOf("shop/target/manifest.json")).ShouldBeFalse();
        scenario.Build().CompiledModels.ShouldBeTrue();
    }

    internal static string GeneratedFile(BuildScenario scenario, string name) =>
        Directory.EnumerateFiles(scenario.OutputFolder, name, SearchOption.AllDirectories).FirstOrDefault() ?? name;
}
