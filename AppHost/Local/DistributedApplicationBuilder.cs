using System.Reflection;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Collects the resources of an application and the services of the host that runs them.</summary>
internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        _host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = options.Args, ContentRootPath = AppHostDirectory });

        // the resources' own lines are the output; of the host only what goes wrong is worth one
        _host.Logging.ClearProviders();
        Services.Configure<HostOptions>(host => host.ShutdownTimeout = RunningProcess.Patience + TimeSpan.FromSeconds(20));
        Services.AddHealthChecks();
        Services.AddHttpClient();
        Services.AddSingleton<ResourceNotificationService>();
        Services.AddSingleton<ResourceConsole>();
        Services.AddSingleton<ProcessStart>();
        Services.AddSingleton<Readiness>();
        Services.AddSingleton(new DistributedApplicationModel(Resources));
        Services.AddHostedService<Orchestrator>();
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory { get; } = Projects.AppHost.ProjectPath;

    public Assembly? AppHostAssembly { get; } = typeof(DistributedApplicationBuilder).Assembly;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new();

    public IList<IResource> Resources { get; } = [];

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.Any(other => string.Equals(other.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException($"There is a resource '{resource.Name}' already.");

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build() => new(_host.Build());

    private sealed class ResourceBuilder<T>(IDistributedApplicationBuilder applicationBuilder, T resource) : IResourceBuilder<T>
        where T : IResource
    {
        public IDistributedApplicationBuilder ApplicationBuilder { get; } = applicationBuilder;

        public T Resource { get; } = resource;

        public IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation)
            where TAnnotation : IResourceAnnotation
        {
            Resource.Annotations.Add(annotation);
            return this;
        }
    }
}
