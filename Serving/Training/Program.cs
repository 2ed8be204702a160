using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serving.Training;
using Serving.Training.Run;
using ServiceDefaults;
using ServiceDefaults.Warehouse;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults().AddWarehouse().AddTraining();
builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<TrainingService>(services, (object)args));
return await builder.Build().RunServiceAsync();
