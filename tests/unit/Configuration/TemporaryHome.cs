using RePlexOn.Configuration;

namespace RePlexOn.Tests.Configuration;

/// <summary>A home directory of a test's own, removed with all that is in it.</summary>
internal sealed class TemporaryHome : IDisposable
{
    public TemporaryHome() => Store = new ConfigurationStore(Environment());

    public string Path { get; } = Directory.CreateTempSubdirectory("replexon-test-").FullName;

    public ConfigurationStore Store { get; }

    public string ConfigurationPath => System.IO.Path.Combine(Path, ".config/replexon/replexon.json");

    public UserEnvironment Environment(bool isRoot = false, params (string Name, string Value)[] variables) =>
        new(isRoot, Path, variables.ToDictionary(variable => variable.Name, variable => variable.Value));

    public string Write(string text) => Write(System.Text.Encoding.UTF8.GetBytes(text));

    public string Write(byte[] text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(ConfigurationPath)!);
        File.WriteAllBytes(ConfigurationPath, text);
        return ConfigurationPath;
    }

    public string Read() => File.ReadAllText(ConfigurationPath);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
