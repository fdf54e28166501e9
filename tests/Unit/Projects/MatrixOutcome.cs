using SkillMeat.Projects.Drift;
using SkillMeat.Projects.Syncing;

namespace SkillMeat.Tests.Projects;

/// <summary>The outcome of a sync, the contents of both sides after it, and the drift that is left.</summary>
internal sealed record MatrixOutcome(SyncStatus Status, MatrixText? Collection, MatrixText? Project, DriftState State, bool Changes);
