using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serving.Training.Configuration;
using Serving.Training.Run;

namespace Serving.Training;

public static class TrainingServices
{
    /// <summary>Adds <see cref="TrainingRuns"/>; the warehouse's data source is registered already.</summary>
    public static TBuilder AddTraining<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<TrainingOptions>().BindConfiguration(TrainingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<TrainingRuns>();
        return builder;
    }
}
