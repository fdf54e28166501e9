namespace SkillMeat.Server.Json;

/// <summary>A choice for a file in conflict as a whole.</summary>
internal enum ResolutionChoice
{
    Ours,
    Theirs,
    Nothing,
}
