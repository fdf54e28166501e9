using SkillMeat.Errors;

namespace SkillMeat.Collections;

/// <summary>What identifies an artifact in a collection: its type and its name. Written <c>type:name</c> for people and <c>name::type</c> in lock files.</summary>
/// <param name="Type">The type.</param>
/// <param name="Name">The name; unique together with the type, not alone.</param>
public readonly record struct ArtifactId(ArtifactType Type, string Name)
{
    /// <summary>The key in <c>collection.lock</c>.</summary>
    public string LockKey => $"{Name}::{Type.Name}";

    /// <summary>Reads <c>type:name</c>, or <c>type::name</c> as some linked artifacts carry it.</summary>
    /// <param name="text">The id.</param>
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

    /// <summary>Says why a name can't be an artifact's (or a collection's).</summary>
    /// <param name="name">The name.</param>
    /// <returns>The reason as half a sentence, or null when the name is fine.</returns>
    public static string? DescribeBadName(string name)
    {
        if (name.Length == 0)
        {
            return "is empty";
        }

        if (name.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            return "holds a slash or backslash";
        }

        if (name.Contains("..", StringComparison.Ordinal))
        {
            return "holds '..'";
        }

        if (name[0] == '.')
        {
            return "starts with a dot";
        }

        return name.Any(char.IsControl) ? "holds a control character" : null;
    }

    /// <summary>The id as people write it.</summary>
    /// <returns><c>type:name</c>.</returns>
    public override string ToString() => $"{Type?.Name}:{Name}";
}
