namespace RePlexOn.Demo;

/// <summary>How far the making of a sample library is.</summary>
/// <param name="FilesDone">Files made.</param>
/// <param name="FilesTotal">Files to make.</param>
public sealed record SampleProgress(int FilesDone, int FilesTotal);
