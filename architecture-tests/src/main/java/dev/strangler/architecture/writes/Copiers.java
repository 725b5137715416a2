package dev.strangler.architecture.writes;

import dev.strangler.architecture.flow.Call;
import dev.strangler.architecture.flow.Known;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods of libraries that fill an object which they are given, so that no setter of it is called in the code. */
final class Copiers {

    /** Class and method to the index of what is filled. */
    private static final Map<String, Integer> FILLED = Map.ofEntries(
            Map.entry("org/springframework/beans/BeanUtils.copyProperties", 1),
            Map.entry("org/apache/commons/beanutils/BeanUtils.copyProperties", 0),
            Map.entry("org/apache/commons/beanutils/BeanUtils.copyProperty", 0),
            Map.entry("org/apache/commons/beanutils/BeanUtils.setProperty", 0),
            Map.entry("org/apache/commons/beanutils/BeanUtils.populate", 0),
            Map.entry("org/apache/commons/beanutils/PropertyUtils.copyProperties", 0),
            Map.entry("org/apache/commons/beanutils/PropertyUtils.setProperty", 0),
            Map.entry("cn/hutool/core/bean/BeanUtil.copyProperties", 1),
            Map.entry("org/modelmapper/ModelMapper.map", 1),
            Map.entry("com/fasterxml/jackson/databind/ObjectMapper.readerForUpdating", 0),
            Map.entry("com/fasterxml/jackson/databind/ObjectMapper.updateValue", 0),
            Map.entry("tools/jackson/databind/ObjectMapper.readerForUpdating", 0),
            Map.entry("tools/jackson/databind/ObjectMapper.updateValue", 0),
            Map.entry("tools/jackson/databind/json/JsonMapper.readerForUpdating", 0),
            Map.entry("tools/jackson/databind/json/JsonMapper.updateValue", 0));

    private Copiers() {}

    /** What the call fills; null if it fills nothing, or something new. */
    static @Nullable Known filled(Call call) {
        var index = FILLED.get(call.owner() + "." + call.name());
        if (index == null || index >= call.arguments().size()) {
            return null;
        }
        var filled = call.arguments().get(index);
        return filled.isFresh() || filled.type() == null ? null : filled;
    }
}
