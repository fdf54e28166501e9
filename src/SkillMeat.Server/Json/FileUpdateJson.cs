using System.Text.Json.Serialization;
using SkillMeat.Updates;

namespace SkillMeat.Server.Json;

/// <summary>A file that an update changes, as <c>skm update</c> prints it.</summary>
internal sealed record FileUpdateJson(string Path, FileUpdateKind Change, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Diff)
{
    public static FileUpdateJson Of(FileUpdate file) => new(file.Path, file.Kind, file.Diff);
}
