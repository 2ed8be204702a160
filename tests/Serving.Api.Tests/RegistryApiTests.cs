using System.Diagnostics;
using System.Security.Cryptography;
using Models.Postgres.Roles;
using Npgsql;

namespace Serving.Api.Tests;

/// <summary>The registry over HTTP.</summary>
public sealed class RegistryApiTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_model_is_promoted_rolled_back_archived_and_compared()
    {
        await using var warehouse = await WithTwoModelsAsync();
        await using var service = new Service(warehouse.ConnectionString);
        (await VersionAsync(service)).ShouldBe(2);

        var (status, promoted) = await service.PostToAsync("/models/1/promote", "");
        status.ShouldBe(200);
        promoted.GetProperty("status").GetString().ShouldBe("champion");
        promoted.GetProperty("changed_by").GetString().ShouldBe("anybody in Development");
        (await VersionAsync(service)).ShouldBe(1, "the next request is answered by it");

        (await service.PostToAsync("/models/rollback", "")).Body.GetProperty("version").GetInt32().ShouldBe(2);
        (await VersionAsync(service)).ShouldBe(2);

        var (refused, problem) = await service.PostToAsync("/models/2/archive", "");
        refused.ShouldBe(409);
        problem.GetProperty("detail").GetString().ShouldBe("Model 2 is the champion: promote another one in its place.");
        (await service.PostToAsync("/models/1/archive", "")).Body.GetProperty("status").GetString().ShouldBe("archived");

        var comparison = (await service.GetAsync("/models/compare?first=1&second=2")).Body;
        comparison.GetProperty("test").GetProperty("log_loss").GetDouble().ShouldBe(
            await LogLossAsync(service, 2) - await LogLossAsync(service, 1), tolerance: 1e-12);
        (await service.PostToAsync("/models/9/promote", "")).Body.GetProperty("detail").GetString().ShouldBe("There is no model 9 of lead_conversion in this target.");
        (await service.GetAsync("/models?prediction=no")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task The_command_line_lists_shows_and_promotes_models()
    {
        await using var warehouse = await WithTwoModelsAsync();
        await using var service = new Service(warehouse.ConnectionString);
        var url = service.Listen().ToString();

        var (code, output) = await LeadlineAsync("list");
        code.ShouldBe(0, output);
        output.ShouldMatch(@"\| 2 +\| champion \| scorecard \| 0\.\d{4}");
        output.ShouldMatch(@"\| 1 +\| archived \| scorecard \| 0\.\d{4}");
        (await LeadlineAsync("show", "1")).Output.ShouldStartWith("# ");
        (await LeadlineAsync("promote", "1")).ShouldBe((0, "Model 1 (scorecard) is champion now."));
        (await LeadlineAsync("rollback")).ShouldBe((0, "Model 2 (scorecard) is champion now."));
        (await LeadlineAsync("archive", "2")).ShouldBe((2, "Model 2 is the champion: promote another one in its place."));
        (await LeadlineAsync("promote", "9")).ShouldBe((2, "There is no model 9 of lead_conversion in this target."));
        (await LeadlineAsync("list", "--prediction", "no")).Output.ShouldContain("'no'");

        async Task<(int ExitCode, string Output)> LeadlineAsync(params string[] arguments)
        {
            string[] all = [Path.Combine(AppContext.BaseDirectory, "leadline.dll"), "models", .. arguments, "--url", url];
            var start = new ProcessStartInfo("dotnet", all) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, string.Concat(said).Trim());
        }
    }

    [Fact]
    public async Task A_model_is_downloaded_as_it_is_stored_and_described_by_its_card()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await using var service = new Service(warehouse.ConnectionString);
        var model = (await service.GetAsync("/models/1")).Body;

        using var artifact = await service.Client.GetAsync("/models/1/artifact", TestContext.Current.CancellationToken);
        var bytes = await artifact.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe(model.GetProperty("sha256").GetString());
        artifact.Headers.ETag!.Tag.ShouldBe($"\"{model.GetProperty("sha256").GetString()}\"");

        var card = await service.Client.GetStringAsync("/models/1/card", TestContext.Current.CancellationToken);
        card.ShouldStartWith("# lead_conversion, model 1\n");
        card.ShouldContain("| the final test set | ");
        card.ShouldContain("| call_attempts | integer | 0 % missing, 0 to 24 |");
        card.ShouldContain("- trial_date: A trial takes place after the score is asked for.");
        model.GetProperty("features")[0].GetProperty("maximum").GetDouble().ShouldBe(24);
    }

    [Fact]
    public async Task A_page_of_another_site_changes_no_model()
    {
        await using var warehouse = await WithTwoModelsAsync();
        await using var service = new Service(warehouse.ConnectionString);

        using var response = await service.Client.PostAsync("/models/1/promote", null, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(403);
        (await VersionAsync(service)).ShouldBe(2);
    }

    [Fact]
    public async Task A_damaged_model_is_not_promoted()
    {
        await using var warehouse = await WithTwoModelsAsync();
        await warehouse.ExecuteAsync("update serving.models set artifact = 'x' where version = 1");
        await using var service = new Service(warehouse.ConnectionString);

        var (status, problem) = await service.PostToAsync("/models/1/promote", "");

        status.ShouldBe(409);
        problem.GetProperty("detail").GetString()!.ShouldContain("the hash differs");
        (await VersionAsync(service)).ShouldBe(2);
    }

    [Fact]
    public async Task The_api_changes_a_model_under_its_own_login_but_may_not_write_the_registry()
    {
        await using var warehouse = await WithTwoModelsAsync();
        var passwords = Enum.GetValues<WarehouseLogin>().ToDictionary(login => login, _ => "of this test");
        await warehouse.MakeRolesAsync(passwords, "dev_test_features");
        var own = new NpgsqlConnectionStringBuilder(warehouse.ConnectionString)
        {
            Username = WarehouseRoles.NameOf(WarehouseLogin.Api),
            Password = "of this test",
        }.ConnectionString;
        await using var service = new Service(own);

        (await service.PostToAsync("/models/1/promote", "")).Status.ShouldBe(200);

        await using var source = NpgsqlDataSource.Create(own);
        await using var command = source.CreateCommand("update serving.models set status = 'archived'");
        (await Should.ThrowAsync<PostgresException>(command.ExecuteNonQueryAsync)).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private static async Task<int> VersionAsync(Service service) => (await service.PredictAsync(7)).Body.GetProperty("model_version").GetInt32();

    private static async Task<double> LogLossAsync(Service service, int version) =>
        (await service.GetAsync($"/models/{version}")).Body.GetProperty("metrics").GetProperty("log_loss").GetDouble();

    /// <summary>Model 2 is the champion, model 1 was it before.</summary>
    private async Task<Warehouse> WithTwoModelsAsync()
    {
        var warehouse = await Warehouse.CreateAsync(postgres);
        await warehouse.TrainAsync();
        await warehouse.ExecuteAsync("update serving.models set status = 'archived'; update dev_test_features.lead_features set message_length = 1");
        await warehouse.TrainAsync();
        return warehouse;
    }
}
