using AppHost.Launch;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost.Services;

/// <summary>Training runs to its end, at each start and when it is asked for.</summary>
internal static class TrainingJob
{
    public static IResourceBuilder<ProjectResource> AsJob(this IResourceBuilder<ProjectResource> project) =>
        project.WithAnnotation(new JobAnnotation()).WithServiceManifest();

    /// <summary>Whether the job runs at the start; it runs when it is asked for, too.</summary>
    public static IResourceBuilder<ProjectResource> StartedWith(this IResourceBuilder<ProjectResource> job, bool atStart) =>
        atStart ? job : job.WithExplicitStart();

    public static IResourceBuilder<ProjectResource> WithRetrainCommand(this IResourceBuilder<ProjectResource> training) =>
        training.WithCommand(
            "retrain",
            "Retrain",
            context => context.Services.GetRequiredService<ResourceCommandService>()
                .ExecuteCommandAsync(training.Resource, KnownResourceCommands.StartCommand, context.CancellationToken),
            new CommandOptions
            {
                Description = "Trains again where the features have changed since the last training; a better model replaces the champion.",
                IconName = "BrainCircuit",
                IsHighlighted = true,
                UpdateState = context => KnownResourceStates.TerminalStates.Contains(context.ResourceSnapshot.State?.Text)
                    ? ResourceCommandState.Enabled
                    : ResourceCommandState.Disabled,
            });

    /// <summary>
    /// Has the worker's pipelines score with the program of training, by training's own login: the worker's may not write the scores. What is published
    /// has no such program beside the worker.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithScoring(
        this IResourceBuilder<ProjectResource> worker, IProjectMetadata training, IResourceBuilder<ConnectionStringResource> warehouse)
    {
        if (!worker.ApplicationBuilder.ExecutionContext.IsRunMode || BuiltProgram.Find(training.ProjectPath) is not { } program)
            return worker;
        return worker.WithEnvironment("Leadline__Programs__score", program)
            .WithEnvironment("ConnectionStrings__serving", warehouse.Resource.ConnectionStringExpression);
    }
}
