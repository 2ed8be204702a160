namespace Aspire.Hosting;

/// <summary>This host runs the application; publishing it takes Aspire.</summary>
public sealed class DistributedApplicationExecutionContext
{
    public bool IsRunMode => true;

    public bool IsPublishMode => !IsRunMode;
}
