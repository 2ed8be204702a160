namespace Models.Compiler.Tests.Analysis;

public sealed class AnomalyTestTests
{
    private const string Declarations =
        """
        models:
          - name: orders
            data_tests:
              - leadline.volume_anomaly: {arguments: {day_of_week: true}}
              - leadline.schema_change
            columns:
              - name: COLUMN
                data_tests: [leadline.freshness_anomaly, leadline.null_share_anomaly, leadline.distinct_share_anomaly]
        """;

    [Fact]
    public async Task Tests_against_the_history_are_checked_without_one()
    {
        using var project = new ShopProject().Write("models/schema.yml", Declarations.Replace("COLUMN", "ordered_at", StringComparison.Ordinal));

        (await project.DiagnoseAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_measured_column_that_is_not_there_is_reported_at_its_test()
    {
        using var project = new ShopProject().Write("models/schema.yml", Declarations.Replace("COLUMN", "ordered", StringComparison.Ordinal));

        (await project.DiagnoseAsync()).ShouldContain(d => d.StartsWith("models/schema.yml(8,", StringComparison.Ordinal)
            && d.Contains("'ordered'", StringComparison.Ordinal) && d.Contains("MDL5010", StringComparison.Ordinal));
    }
}
