using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using AppHost.Launch;

namespace AppHost.Services;

/// <summary>What the dashboard and <c>aspire</c> can have the worker's pipelines do.</summary>
internal static class PipelineCommands
{
    private const string ProjectArgument = "project";

    // the worker refuses a request to change something that does not say who asks (docs/security.md)
    private static readonly HttpClient s_client = new() { DefaultRequestHeaders = { { "X-Leadline-Client", "AppHost" } } };

    /// <summary>Outside Development the worker asks for a key; this one is made for each start of the host.</summary>
    private static readonly string s_key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Has the worker run these pipelines alone; all where there are none.</summary>
    public static IResourceBuilder<ProjectResource> WithPipelines(this IResourceBuilder<ProjectResource> worker, IReadOnlyList<string> pipelines)
    {
        foreach (var (number, pipeline) in pipelines.Index())
            worker.WithEnvironment($"Leadline__Pipelines__{number}", pipeline);

        return worker;
    }

    /// <summary>Adds 'Ingest now', and 'Rebuild models' over the <c>leadline</c> command line.</summary>
    public static IResourceBuilder<ProjectResource> WithPipelineCommands(
        this IResourceBuilder<ProjectResource> worker, IResourceBuilder<IResourceWithConnectionString> warehouse)
    {
        var repository = Path.GetDirectoryName(worker.ApplicationBuilder.AppHostDirectory)!;
        if (worker.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            s_client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", s_key);
            worker.WithEnvironment("Leadline__ApiKeys__0__Key", s_key).WithEnvironment("Leadline__ApiKeys__0__Scope", "Run");
        }

        return worker
            .WithCommand("ingest", "Ingest now", context => IngestAsync(worker.GetEndpoint("http"), context.CancellationToken), new CommandOptions
            {
                Description = "Runs every pipeline: loads what is new, then builds and tests the models.",
                IconName = "ArrowSync",
                IsHighlighted = true,
                UpdateState = WhenRunning,
            })
            .WithProcessCommand("rebuild-models", "Rebuild models", Rebuild, new ProcessCommandOptions
            {
                Description = "Builds every table of a project from nothing and tests it.",
                ConfirmationMessage = "Incremental tables are dropped and built from nothing, which may take a while. Continue?",
                IconName = "DatabaseArrowUp",
                UpdateState = WhenRunning,
                Arguments =
                [
                    new InteractionInput
                    {
                        Name = ProjectArgument, Label = "Project", InputType = InputType.Choice, Required = true, Value = "leads",
                        Options = [.. Projects(repository).Select(project => KeyValuePair.Create(project, project))],
                    },
                ],
            });

        async ValueTask<ProcessCommandSpec> Rebuild(ExecuteCommandContext context) => await RebuildAsync(context, warehouse.Resource, repository);
    }

    private static ResourceCommandState WhenRunning(UpdateCommandStateContext context) =>
        context.ResourceSnapshot.State?.Text == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;

    private static async Task<ExecuteCommandResult> IngestAsync(EndpointReference worker, CancellationToken cancellationToken)
    {
        try
        {
            var pipelines = await s_client.GetFromJsonAsync<JsonElement>(new Uri($"{worker.Url}/pipelines"), cancellationToken);
            foreach (var pipeline in pipelines.EnumerateArray().Select(p => p.GetProperty("name").GetString()))
            {
                using var response = await s_client.PostAsync(new Uri($"{worker.Url}/pipelines/{pipeline}/run"), content: null, cancellationToken);
                if (!response.IsSuccessStatusCode)
                {
                    var status = (int)response.StatusCode;
                    return CommandResults.Failure($"Pipeline {pipeline} was not started: the worker answered {status}; it may be running already.");
                }
            }

            return CommandResults.Success();
        }
        catch (HttpRequestException e)
        {
            return CommandResults.Failure($"The worker does not answer: {e.Message}");
        }
    }

    private static async Task<ProcessCommandSpec> RebuildAsync(ExecuteCommandContext context, IResourceWithConnectionString warehouse, string repository)
    {
        var project = context.Arguments.GetString(ProjectArgument)!;
        return new ProcessCommandSpec("dotnet")
        {
            Arguments =
            [
                "run", "--no-build", "--configuration", BuiltProgram.Configuration, "--project", Path.Combine(repository, "Models", "Runner"), "--",
                "build", "--full-refresh", "--project-dir", Path.Combine(repository, "Models", "Warehouse", project),
            ],
            WorkingDirectory = repository,
            EnvironmentVariables = { ["ConnectionStrings__warehouse"] = (await warehouse.GetConnectionStringAsync(context.CancellationToken))! },
        };
    }

    private static IEnumerable<string> Projects(string repository) =>
        Directory.EnumerateDirectories(Path.Combine(repository, "Models", "Warehouse"))
            .Where(folder => File.Exists(Path.Combine(folder, "dbt_project.yml")))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(StringComparer.Ordinal);
}
