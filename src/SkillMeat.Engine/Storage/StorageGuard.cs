namespace SkillMeat.Storage;

/// <summary>Runs file operations and translates their failures into our errors.</summary>
internal static class StorageGuard
{
    /// <exception cref="Errors.StorageException">A file operation failed; the message names the path and the reason.</exception>
    public static void Run(string verb, string path, Action work) => Run(verb, path, () =>
    {
        work();
        return true;
    });

    /// <exception cref="Errors.StorageException">A file operation failed; the message names the path and the reason.</exception>
    public static T Run<T>(string verb, string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, verb, path);
        }
    }
}
