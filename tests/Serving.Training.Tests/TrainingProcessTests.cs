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

        // the watch of the prediction says that the champion is worn out: training comes first
        await stage.ExecuteAsync(
            """
            create schema dev_test_data_mart;
            create view dev_test_data_mart.dm_score_watch as
            select version as model_version, measure, measure <> 'psi of score' as is_breached
            from serving.models, unnest(array['psi of known_city', 'auc', 'psi of score']) as measure;
            insert into dev_test_features.lead_features (contact_id, marketing_source, is_customer) values (9998, 'Meta', false)
            """);
        (exitCode, output) = await RunAsync(stage.ConnectionString, "score", "--Training:Learners:0=scorecard");

        exitCode.ShouldBe(0, output);
        output.ShouldContain("of lead_conversion is beyond the limits of auc, psi of known_city: a new one is trained");
        output.ShouldContain("stays champion: the best of the new models has");
        output.ShouldMatch("Scored [0-9]+ open rows of lead_conversion: 1 scores");
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

    [Fact]
    public async Task A_training_that_is_killed_at_any_step_leaves_no_model_and_the_next_one_ends_well()
    {
        await using var stage = await Stage.CreateAsync(postgres);
        await stage.AddLeadsAsync(1500);
        await stage.Registry.CreateAsync(default);

        foreach (var step in (string[])["Training prediction", "examples from lead_features", "The scorecard reaches"])
        {
            using var process = Start(stage.ConnectionString, "--Training:Learners:0=scorecard");
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains(step, StringComparison.Ordinal))
            {
                // the step has not come yet
            }

            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            var left = await stage.Registry.ListAsync(default);
            left.ShouldAllBe(model => model.Status == ModelStatus.Champion && model.Metrics != null, "a model is registered whole or not at all");
        }

        // the server loses the session between the rows of two models: neither is there
        await stage.ExecuteAsync(
            """
            delete from serving.models;
            create function serving.lose() returns trigger language plpgsql as $$
            begin
                if (select count(*) from serving.models) > 0 then
                    perform pg_terminate_backend(pg_backend_pid());
                end if;
                return new;
            end $$;
            create trigger lose before insert on serving.models for each row execute function serving.lose();
            """);
        string[] two = ["--Training:Learners:0=scorecard", "--Training:Learners:1=mlnet_logistic_regression"];
        var (exitCode, output) = await RunAsync(stage.ConnectionString, two);
        exitCode.ShouldBe(1, output);
        (await stage.Registry.ListAsync(default)).ShouldBeEmpty();

        await stage.ExecuteAsync("drop function serving.lose() cascade");
        (exitCode, output) = await RunAsync(stage.ConnectionString, two);
        exitCode.ShouldBe(0, output);
        (await stage.Registry.ListAsync(default)).Count(model => model.Status is ModelStatus.Champion).ShouldBe(1);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string connectionString, params string[] arguments)
    {
        using var process = Start(connectionString, arguments);
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }

    private static Process Start(string connectionString, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(TrainingOptions).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__warehouse"] = connectionString, ["DOTNET_ENVIRONMENT"] = "Development" },
        };
        return Process.Start(start)!;
    }
}
