namespace RePlexOn.Setup;

/// <summary>Removes files and folders that set-up made, and notes so.</summary>
/// <param name="isDryRun">Only note it.</param>
/// <param name="steps">The notes.</param>
internal sealed class SetupRemover(bool isDryRun, List<SetupStep> steps)
{
    public void File(string path) => Remove("file", path, () => System.IO.File.Delete(path));

    public void FolderWithContent(string path) => Remove("history", path, () => Directory.Delete(path, recursive: true));

    /// <summary>Removes a folder that nothing is in; what somebody else put there keeps it.</summary>
    public void FolderIfEmpty(string path)
    {
        if (isDryRun || !Directory.Exists(path) || Directory.EnumerateFileSystemEntries(path).Any()) return;
        Remove("folder", path, () => Directory.Delete(path));
    }

    private void Remove(string what, string path, Action remove)
    {
        try
        {
            if (!isDryRun) remove();
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new RePlexOnException(
                "SetupNotRemoved", ExitCode.Failed, $"{path} could not be removed: {trouble.Message}",
                "Remove it as the user that owns it; what was removed before it stays removed.", trouble);
        }

        steps.Add(new SetupStep(SetupAction.Removed, what, path));
    }
}
