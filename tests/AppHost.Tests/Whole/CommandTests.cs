using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AppHost.Tests.Whole;

/// <summary>What the dashboard and <c>aspire</c> can have the application do.</summary>
public sealed class CommandTests(LeadsAppFixture fixture) : IClassFixture<LeadsAppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("worker", "rebuild-models")]
    [InlineData("warehouse", "reset-data")]
    public void A_command_that_destroys_asks_first(string resource, string command) =>
        Find(resource).Annotations.OfType<ResourceCommandAnnotation>().Single(c => c.Name == command)
            .ConfirmationMessage.ShouldNotBeNullOrEmpty();

    [Fact]
    public async Task The_data_is_ingested_and_a_model_trained_again_when_asked_for()
    {
        var runs = await ScalarAsync<long>("SELECT count(*) FROM ingestion.runs");

        await ExecuteAsync("worker", "ingest");
        while (await ScalarAsync<long>("SELECT count(*) FROM ingestion.runs") < runs + 2)
            await Task.Delay(100, Cancellation);
        await ExecuteAsync("training", "retrain");

        await fixture.App.ResourceNotifications.WaitForResourceAsync("training", KnownResourceStates.Finished, Cancellation);
    }

    [Theory]
    [InlineData("leads")]
    [InlineData("cars")]
    public async Task The_models_are_built_from_nothing_when_asked_for(string project)
    {
        var runs = await ScalarAsync<long>($"SELECT count(*) FROM leadline.runs WHERE project = '{project}' AND success");

        await ExecuteAsync("worker", "rebuild-models", new InteractionInput { Name = "project", InputType = InputType.Choice, Value = project });

        (await ScalarAsync<long>($"SELECT count(*) FROM leadline.runs WHERE project = '{project}' AND success")).ShouldBe(runs + 1);
    }

    [Fact]
    public async Task A_reset_leads_to_scores_again()
    {
        await ExecuteAsync("warehouse", "reset-data");

        using var client = fixture.App.CreateHttpClient("api");
        HttpStatusCode status;
        do
        {
            await Task.Delay(200, Cancellation);
            using var response = await client.PostAsJsonAsync("/predict", new { contact_id = -1 }, Cancellation);
            status = response.StatusCode;
        }
        while (status is not HttpStatusCode.NotFound);

        (await ScalarAsync<long>("SELECT count(*) FROM serving.models WHERE status = 'champion'")).ShouldBe(1);
    }

    private IResource Find(string name) =>
        fixture.App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == name);

    private async Task ExecuteAsync(string resource, string command, params InteractionInput[] arguments)
    {
        var commands = fixture.App.Services.GetRequiredService<ResourceCommandService>();
        var result = await commands.ExecuteCommandAsync(Find(resource), command, new InteractionInputCollection(arguments), Cancellation);
        result.Success.ShouldBeTrue(result.Message);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        var connectionString = await fixture.App.GetConnectionStringAsync("warehouse", Cancellation);
        await using var source = NpgsqlDataSource.Create(connectionString!);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
