using SkillMeat.Errors;

namespace SkillMeat.Objects;

/// <summary>What goes wrong with objects, in one line each that names the file.</summary>
internal static class ObjectErrors
{
    public static DataFileException Corrupt(string path, string problem, Exception? cause = null) =>
        new(ErrorIds.ObjectCorrupt, path, 0, 0, problem, cause);

    public static DataFileException Corrupt(string path, ObjectId id, Exception? cause = null) => Corrupt(path, $"the object {id} in it is not what was stored", cause);

    public static StorageException Missing(string folder, ObjectId id) =>
        new(ErrorIds.ObjectMissing, folder, $"{folder} does not hold the object {id}");
}
