using Serving.Api;
using ServiceDefaults;
using ServiceDefaults.Warehouse;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults().AddWarehouse().AddServing();

var app = builder.Build();
app.MapDefaultEndpoints().MapServing();
return await app.RunServiceAsync();
