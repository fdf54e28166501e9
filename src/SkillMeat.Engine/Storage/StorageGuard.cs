namespace SkillMeat.Storage;

/// <summary>Runs what touches the file system, so that what it refuses leaves as one of our errors.</summary>
internal static class StorageGuard
{
    /// <exception cref="Errors.StorageException">The file system refused; the message names the path and why.</exception>
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
