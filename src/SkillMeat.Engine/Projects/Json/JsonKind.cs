namespace SkillMeat.Projects.Json;

/// <summary>The kinds of JSON values that an edit tells apart.</summary>
internal enum JsonKind
{
    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A string, a number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    Scalar,
}
