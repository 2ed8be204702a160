using Ingestion.Worker;
using ServiceDefaults;
using ServiceDefaults.Warehouse;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults().AddWarehouse().AddIngestion();

var app = builder.Build();
app.MapDefaultEndpoints().MapPipelines();
return await app.RunServiceAsync();
