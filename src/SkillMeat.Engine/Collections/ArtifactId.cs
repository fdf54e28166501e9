using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>The identity of an artifact in a collection: its type and name. Written <c>type:name</c> for users and <c>name::type</c> in lock files.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">The name, which is unique within the type.</param>
public readonly record struct ArtifactId(ArtifactType Type, string Name)
{
    /// <summary>The key in <c>collection.lock</c>.</summary>
    public string LockKey => $"{Name}::{Type.Name}";

    /// <summary>Parses <c>type:name</c>, or <c>type::name</c> as in some linked artifacts.</summary>
    /// <param name="text">The text of the id.</param>
    /// <returns>The id.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the text has no type or no name, or the type is unknown.</exception>
    public static ArtifactId Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? "" : text[(colon + 1)..].TrimStart(':');
        return name.Length > 0
            ? new ArtifactId(ArtifactType.Parse(text[..colon]), name)
            : throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{text}' is not an artifact id. An id is a type and a name, such as skill:pdf-tools.");
    }

    /// <summary>Describes why a name is not valid for an artifact or a collection.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The reason, as a predicate such as "is empty", or null if the name is valid.</returns>
    public static string? DescribeBadName(string name)
    {
        if (name.Length == 0)
        {
            return "is empty";
        }

        if (name.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            return "contains a slash or backslash";
        }

        if (name.Contains("..", StringComparison.Ordinal))
        {
            return "contains '..'";
        }

        if (name[0] == '.')
        {
            return "starts with a dot";
        }

        return ControlCharacters.AreIn(name) ? "contains a control character" : null;
    }

    /// <summary>Returns the id as <c>type:name</c>.</summary>
    /// <returns><c>type:name</c>.</returns>
    public override string ToString() => $"{Type?.Name}:{Name}";
}
