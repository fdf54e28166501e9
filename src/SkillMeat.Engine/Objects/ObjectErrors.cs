using SkillMeat.Errors;

namespace SkillMeat.Objects;

/// <summary>Creates the errors of objects, one line each that names the file.</summary>
internal static class ObjectErrors
{
    public static DataFileException Corrupt(string path, string problem, Exception? cause = null) =>
        new(ErrorIds.ObjectCorrupt, path, 0, 0, problem, cause);

    public static DataFileException Corrupt(string path, ObjectId id, Exception? cause = null) => Corrupt(path, $"the checksum of its object {id} does not match", cause);

    public static StorageException Missing(string folder, ObjectId id) =>
        new(ErrorIds.ObjectMissing, folder, $"{folder} does not contain the object {id}");
}
