namespace AppHost.Launch;

/// <summary>The resource does its work and ends: exit code 0 is its good end.</summary>
internal sealed class JobAnnotation : IResourceAnnotation;
