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
