using Models.Database.Sessions;

namespace Models.Engine.Materializations;

/// <summary>A materialization that often knows all its statements beforehand, so that several nodes can share a round-trip.</summary>
internal interface IPlannedMaterialization : IMaterialization
{
    /// <summary>The whole plan; null where the database must be asked first.</summary>
    BuildPlan? TryPlan(BuildContext context);
}
