using Serving.Registry;
using Serving.Training.Configuration;
using System.Diagnostics;

namespace Serving.Training.Tests;

/// <summary>The training as the app runs it: a process that trains once and ends.</summary>
public sealed class TrainingProcessTests(PostgresFixture postgres)
{
    [Fact]
    public async Task It_trains_once_and_ends_well()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);

        var (exitCode, output) = await RunAsync(stage.ConnectionString, "--Training:Learners:0=scorecard");

        exitCode.ShouldBe(0, output);
        output.ShouldContain("is the champion now");
        output.ShouldMatch("Scored [0-9]+ open rows of lead_conversion");
        (await stage.Registry.FindChampionAsync(default)).ShouldNotBeNull().Status.ShouldBe(ModelStatus.Champion);
    }

    [Fact]
    public async Task Without_a_features_table_it_ends_with_one_line_and_code_1()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.ExecuteAsync("drop table dev_test_features.lead_features");

        var (exitCode, output) = await RunAsync(stage.ConnectionString);

        exitCode.ShouldBe(1);
        output.ShouldContain("Training failed: There is no ");
        output.ShouldNotContain("   at ", customMessage: "a stack trace says nothing to its reader");
    }

    [Fact]
    public async Task A_wrong_option_ends_with_one_line_and_code_1()
    {
        await using var stage = await Stage.CreateAsync(postgres);

        var (exitCode, output) = await RunAsync(stage.ConnectionString, "--Training:MinimumAuc=7");

        exitCode.ShouldBe(1);
        output.ShouldContain("MinimumAuc must be between 0.5 and 1");
        output.ShouldNotContain("   at ");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string connectionString, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TrainingOptions).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__warehouse"] = connectionString, ["DOTNET_ENVIRONMENT"] = "Development" },
        };
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }
}
