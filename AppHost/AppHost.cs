using AppHost.Launch;
using AppHost.Services;
using AppHost.Warehouse;

return await Launcher.RunAsync(args, async (builder, options) =>
{
    // the server that LEADLINE_POSTGRES names, else a container where they work, else the programs of this machine; a login for each service
    var warehouse = await builder.AddWarehouseAsync("warehouse", options.Warehouse);

    // the folder with the files to load; empty for a generated sample
    var data = builder.AddParameter("data", () => options.Data ?? "");

    // ingests the sources, then builds and tests the models; healthy when that is done
    var worker = builder.AddProject<Projects.Ingestion_Worker>("worker")
        .WithReference(warehouse.Worker, warehouse.Name).WaitFor(warehouse.Worker)
        .WithEnvironment("Leadline__Data", data)
        .WithPipelines(options.Pipelines)
        .WithScoring(new Projects.Serving_Training(), warehouse.Training)
        .WithHttpEndpoint()
        .WithHealthPaths()
        .WithWorkerUrls()
        .WithPipelineCommands(warehouse.Worker);

    // trains where the features have changed, then ends; when asked for alone where the pipeline that makes the features does not run
    builder.AddProject<Projects.Serving_Training>("training")
        .WithReference(warehouse.Training, warehouse.Name).WaitFor(worker)
        .AsJob()
        .StartedWith(options.Runs("leads"))
        .WithRetrainCommand();

    // healthy when it has a model: the champion of the last run at once, and a new one as soon as training has promoted it
    builder.AddProject<Projects.Serving_Api>("api")
        .WithReference(warehouse.Api, warehouse.Name).WaitFor(warehouse.Api)
        .WithHttpEndpoint(port: options.Port)
        .WithExternalHttpEndpoints()
        .WithHealthPaths()
        .WithApiUrls()
        .WithWelcome(worker, warehouse.Worker, hasScores: options.Runs("leads"));
});
