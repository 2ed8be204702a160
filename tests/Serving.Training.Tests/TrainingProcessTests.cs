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

        // what has changed since is scored by the champion, and nothing is trained
        await stage.ExecuteAsync("insert into dev_test_features.lead_features (contact_id, marketing_source, is_customer) values (9999, 'Meta', false)");
        (exitCode, output) = await RunAsync(stage.ConnectionString, "score");

        exitCode.ShouldBe(0, output);
        output.ShouldMatch("Scored [0-9]+ open rows of lead_conversion: 1 scores in serving.scores are new or have changed, 0 are no longer open");
        output.ShouldNotContain("Training prediction");
    }

    [Fact]
    public async Task Without_a_champion_nothing_is_scored_and_without_a_features_table_it_ends_with_one_line_and_code_1()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        var (exitCode, output) = await RunAsync(stage.ConnectionString, "score");
        exitCode.ShouldBe(0, output);
        output.ShouldContain("The open rows of lead_conversion are not scored: it has no champion yet");
        await stage.ExecuteAsync("select * from serving.scores");
        await stage.ExecuteAsync("drop table dev_test_features.lead_features");

        (exitCode, output) = await RunAsync(stage.ConnectionString);

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

        (exitCode, output) = await RunAsync(stage.ConnectionString, "scroe");
        exitCode.ShouldBe(1);
        output.ShouldContain("Training failed: 'scroe' is nothing that this program does; the first argument is 'train', which is the default, or 'score'.");
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
