using Generator;

try
{
    return Generation.Run(args, Console.Out);
}
catch (GeneratorException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
