using Ingestion.Worker;
using Ingestion.Worker.Api;
using ServiceDefaults;
using ServiceDefaults.Warehouse;

var builder = WebApplication.CreateBuilder(args).ListenOnLoopback();
builder.AddServiceDefaults().AddWarehouse().AddIngestion();

var app = builder.Build();
app.MapDefaultEndpoints().MapPipelines();
return await app.RunServiceAsync();
