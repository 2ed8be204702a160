using AppHost;
using AppHost.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Models.Postgres;

try
{
    var options = LaunchOptions.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(LaunchOptions.Usage);
        return 0;
    }

    var builder = DistributedApplication.CreateBuilder([.. options.HostArguments]);
    var publishing = builder.ExecutionContext.IsPublishMode;

    // the server: given, or a container where they work, or else the programs of this machine
    var given = publishing ? null : LeadlinePostgres.ConnectionString;
    var inContainer = publishing || (given is null && options.Database is null && await ContainerRuntime.IsHealthyAsync());
    if (!publishing)
        options.Require(localServer: given is null && !inContainer);
    if (given is not null)
        await GivenServer.RequireAsync(given);

    IResourceBuilder<IResourceWithConnectionString> database =
        given is not null ? builder.AddConnectionString("database", ReferenceExpression.Create($"{given}"))
        : inContainer ? builder.AddPostgres("postgres").WithDataVolume().AddDatabase("database", "warehouse")
        : builder.AddLocalPostgres("postgres", await LocalServer.PrepareAsync(options, builder.AppHostDirectory)).AddDatabase("database", "warehouse");

    // each environment has its own schemas, and this is the one place that says which
    var warehouse = builder.AddConnectionString(
        "warehouse", ReferenceExpression.Create($"{database};Search Path={TargetSchema.Of(builder)}"));

    // ingests the sources, then builds and tests the models; healthy when that is done
    var worker = builder.AddProject<Projects.Ingestion_Worker>("worker")
        .WithReference(warehouse).WaitFor(database)
        .WithHttpEndpoint()
        .WithHttpHealthCheck("/health")
        .WithEnvironment("Leadline__Data", options.Data);

    // trains where the features have changed, then ends
    var training = builder.AddProject<Projects.Serving_Training>("training")
        .WithReference(warehouse).WaitFor(worker);

    var api = builder.AddProject<Projects.Serving_Api>("api")
        .WithReference(warehouse).WaitForCompletion(training)
        .WithHttpEndpoint(port: options.Port)
        .WithExternalHttpEndpoints()
        .WithHttpHealthCheck("/health");

    foreach (var service in (IResourceBuilder<ProjectResource>[])[worker, training, api])
    {
        service
            .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName)
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.Environment.EnvironmentName);
    }

    if (!publishing)
    {
        var passFile = builder.Resources.OfType<LocalPostgresResource>().SingleOrDefault()?.PassFile;
        builder.Services.AddHostedService<LauncherWatch>();
        api.OnResourceReady((_, _, cancellationToken) => Welcome.PrintAsync(api.GetEndpoint("http"), worker.GetEndpoint("http"), warehouse.Resource, passFile, cancellationToken));
    }

    await builder.Build().RunAsync();
    return Environment.ExitCode;
}
catch (OperationCanceledException)
{
    // stopped before anything ran
    return 0;
}
catch (Exception e) when (e is LaunchException or PostgresServerException)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 2;
}
