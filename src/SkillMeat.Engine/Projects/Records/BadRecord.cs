using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Projects.Records;

/// <summary>An entry of the deployment records that cannot be read. It stays in the file as it is, and the other entries count.</summary>
/// <param name="Artifact">The artifact, as far as the entry tells it.</param>
/// <param name="Collection">The folder name of the collection, or empty.</param>
/// <param name="Path">The path in the profile root, if it can be one; else null.</param>
/// <param name="Profile">The id of the profile.</param>
/// <param name="Error">The error, which names the file, the artifact and the remedy.</param>
internal sealed record BadRecord(ArtifactId Artifact, string Collection, string? Path, string Profile, DataFileException Error)
{
    /// <summary>Returns one error for all of several entries of a file or project.</summary>
    public static DataFileException Join(IReadOnlyList<BadRecord> records) => records is [var only] ? only.Error
        : new DataFileException(records[0].Error.ErrorId, records[0].Error.Path, records[0].Error.Line, records[0].Error.Column, string.Join("; ", records.Select((one, i) => i == 0 ? one.Error.Problem : one.Error.Message)));
}
