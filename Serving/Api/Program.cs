using Serving.Api;
using Serving.Console;
using ServiceDefaults;
using ServiceDefaults.Warehouse;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults().AddWarehouse(ServingStart.Connections).AddServing().AddConsole();

var app = builder.Build();
app.MapDefaultEndpoints().MapServing().MapConsole();
return await app.RunServiceAsync();
