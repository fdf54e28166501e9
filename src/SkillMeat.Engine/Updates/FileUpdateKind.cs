namespace SkillMeat.Updates;

/// <summary>The change of a file. In JSON: <c>added changed deleted</c>.</summary>
public enum FileUpdateKind
{
    /// <summary>The file is new.</summary>
    Added,

    /// <summary>The file gets other content, or its executable bit changes.</summary>
    Changed,

    /// <summary>The file is deleted.</summary>
    Deleted,
}
