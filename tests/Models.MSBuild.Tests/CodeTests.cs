namespace Models.MSBuild.Tests;

public sealed class CodeTests
{
    private const string Reader =
        """
        using Npgsql;

        public static class Report
        {
            public static async Task<decimal> TotalAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
            {
                var total = 0m;
                await foreach (var row in Shop.Revenue.ReadAsync(source, cancellationToken))
                    total += row.Revenue2 ?? 0;

                return total;
            }
        }
        """;

    [Fact]
    public void A_renamed_column_breaks_the_code_that_reads_it()
    {
        using var scenario = BuildScenario.Create();
        scenario.Replace("shop/models/revenue.sql", "as revenue", "as paid");
        scenario.Write("Report.cs", Reader.Replace("Revenue2", "Paid", StringComparison.Ordinal));
        scenario.Build().ShouldSucceed();

        scenario.Replace("shop/models/revenue.sql", "as paid", "as amount_paid");
        var renamed = scenario.Build("--no-restore");

        renamed.ShouldFail();
        renamed.Output.ShouldContain("Report.cs(9,26): error CS1061: 'Revenue' does not contain a definition for 'Paid'");
    }

    [Fact]
    public void Two_model_projects_in_one_assembly_have_a_namespace_each()
    {
        using var scenario = BuildScenario.Create("""<ModelProject Include="store/dbt_project.yml" />""");
        scenario.WriteModels("store");
        scenario.Write(
            "Both.cs",
            """
            public static class Both
            {
                public static (Type, Type) Rows => (typeof(Shop.Revenue), typeof(Store.Revenue));
            }
            """);

        scenario.Build().ShouldSucceed();
        scenario.Build("--no-restore").CompiledModels.ShouldBeFalse();
    }
}
