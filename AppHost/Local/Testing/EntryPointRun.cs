using System.Reflection;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an AppHost's entry point up to its <c>Build()</c>, where a test takes over: it may change the model, and it builds, starts
/// and stops the application. The entry point then goes on until the application has ended.
/// </summary>
internal sealed class EntryPointRun
{
    private static readonly AsyncLocal<EntryPointRun?> s_current = new();

    private readonly TaskCompletionSource<IDistributedApplicationBuilder> _created = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _buildAsked = new();
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _entry = Task.CompletedTask;

    /// <summary>The run that the calling code is part of; null outside of tests.</summary>
    public static EntryPointRun? Current => s_current.Value;

    /// <exception cref="DistributedApplicationException">The entry point ended before it had built an application.</exception>
    public async Task<IDistributedApplicationBuilder> StartAsync(Assembly assembly, string[] args, CancellationToken cancellationToken)
    {
        _entry = Task.Factory.StartNew(() => Enter(assembly, args), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (await Task.WhenAny(_created.Task, _entry).WaitAsync(cancellationToken) == _entry)
        {
            await _entry;
            throw new DistributedApplicationException("The entry point ended without building an application.");
        }

        return await _created.Task;
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _buildAsked.TrySetResult();
        return _built.Task.WaitAsync(cancellationToken);
    }

    public IDistributedApplicationBuilder Intercept(IDistributedApplicationBuilder builder) => new WaitingBuilder(this, builder);

    private void Enter(Assembly assembly, string[] args)
    {
        s_current.Value = this;
        var main = assembly.EntryPoint!;
        try
        {
            var result = main.Invoke(null, main.GetParameters().Length == 0 ? null : [args]);
            if (result is Task task)
                task.GetAwaiter().GetResult();
        }
        catch (TargetInvocationException e)
        {
            throw new DistributedApplicationException($"The entry point failed: {e.InnerException!.Message}", e.InnerException);
        }
    }

    private DistributedApplication Wait(IDistributedApplicationBuilder builder)
    {
        _created.TrySetResult(builder);
        _buildAsked.Task.GetAwaiter().GetResult();
        var application = builder.Build();
        _built.TrySetResult(application);
        return application;
    }

    private sealed class WaitingBuilder(EntryPointRun run, IDistributedApplicationBuilder inner) : DelegatingApplicationBuilder(inner)
    {
        public override DistributedApplication Build() => run.Wait(Inner);
    }
}
